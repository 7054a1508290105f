/** Sends many changes to a group: safe to repeat, a bounded number at a time. */
package io.linkwright.cli.sending;
