/**
 * The pure core: {@link io.linkwright.domain.Decider} turns a command into events, {@link
 * io.linkwright.domain.Evolver} folds events into {@link io.linkwright.domain.GroupState}, {@link
 * io.linkwright.domain.ConfigurationChange} says which edges must hear of an event. Nothing here
 * reads a clock, a random source, a file or a network, and nothing but the JDK is needed.
 */
package io.linkwright.domain;
