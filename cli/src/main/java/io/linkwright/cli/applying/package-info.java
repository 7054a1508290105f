/** Makes groups what a file says: reads it, works out what is different, sends that. */
package io.linkwright.cli.applying;
