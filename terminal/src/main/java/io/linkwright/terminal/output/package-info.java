/** What the commands write: tables and progress for people, JSON for programs. */
package io.linkwright.terminal.output;
