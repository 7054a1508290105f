/** The commands that run services, and the list of all commands. */
package io.linkwright.standalone.command;
