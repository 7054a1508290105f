/** The aggregate: a command is decided on the state of its group, and events evolve it. */
package io.linkwright.domain.group;
