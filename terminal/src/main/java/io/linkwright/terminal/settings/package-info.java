/** What a person sets once instead of saying it with every command. */
package io.linkwright.terminal.settings;
