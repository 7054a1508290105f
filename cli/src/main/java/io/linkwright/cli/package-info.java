/** The {@code linkwright} command: where it starts. */
package io.linkwright.cli;
