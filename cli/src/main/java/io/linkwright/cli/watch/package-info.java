/** Shows the same again and again while it changes. */
package io.linkwright.cli.watch;
