/** The dialogs with which people change something, and the command that each sends. */
package io.linkwright.console.form;
