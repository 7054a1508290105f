/** How the log of a command is written; {@code logback.xml} names what is here. */
package io.linkwright.terminal.log;
