/** What the commands of operators and devices share: options, exit codes, and how failures read. */
package io.linkwright.terminal.command;
