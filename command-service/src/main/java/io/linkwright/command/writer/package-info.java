/**
 * The single-writer protocol: decides commands against replayed state, drafts one transaction of
 * them, and answers each only once the log has spoken.
 */
package io.linkwright.command.writer;
