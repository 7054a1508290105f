/** The operator's commands of {@code linkwright}, and what they work with. */
package io.linkwright.cli;
