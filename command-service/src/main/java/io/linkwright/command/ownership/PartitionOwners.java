package io.linkwright.command.ownership;

/** Finds the owner of a partition. Thread-safe. */
@FunctionalInterface
public interface PartitionOwners {

  /** The owner as known now; may block briefly to ask the cluster if it is not this instance. */
  Owner ownerOf(int partition);
}
