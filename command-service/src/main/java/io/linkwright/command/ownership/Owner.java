package io.linkwright.command.ownership;

import io.linkwright.command.writer.PartitionWriter;
import java.net.URI;

/** Who decides the commands of a partition. */
public sealed interface Owner {

  /** This instance. */
  record Local(PartitionWriter writer) implements Owner {}

  /** Another instance, by the URL it advertises. */
  record Remote(URI url) implements Owner {}

  /** A member of the group that has not the controller's key: it is told nothing. */
  record Unproven() implements Owner {}

  /** Nobody at the moment, as far as this instance knows. */
  record Nobody() implements Owner {}
}
