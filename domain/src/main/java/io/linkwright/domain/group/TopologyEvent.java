package io.linkwright.domain.group;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;

/** What a change of links means for a group, for those who watch it from outside. */
public sealed interface TopologyEvent {

  /** A member of a partial mesh has no link: its endpoint is up, no traffic can flow. */
  record MemberIsolated(EdgeId edge) implements TopologyEvent {}

  /**
   * A member is no longer isolated: it has a link, or the group's topology links every member from
   * now on.
   */
  record MemberConnected(EdgeId edge) implements TopologyEvent {}

  /**
   * Linked members fell into more parts than before; isolated members are not counted as parts.
   *
   * @param link the removed link that held them together
   * @param parts number of parts now
   */
  record GroupSplit(LinkId link, int parts) implements TopologyEvent {}

  /**
   * Two parts became one.
   *
   * @param link the added link that joins them
   * @param parts number of parts now
   */
  record GroupJoined(LinkId link, int parts) implements TopologyEvent {}

  /** Every pair of three or more members of a partial mesh is linked. */
  record MeshComplete(long members, long links) implements TopologyEvent {}
}
