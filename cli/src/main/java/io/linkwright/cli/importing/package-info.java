/** Makes a group on the server what a network's plan says, sending only what is missing. */
package io.linkwright.cli.importing;
