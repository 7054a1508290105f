/** The subcommands, one class each: they parse arguments, call, and write the outcome. */
package io.linkwright.cli.command;
