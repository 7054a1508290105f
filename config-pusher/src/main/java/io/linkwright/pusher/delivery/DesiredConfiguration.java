package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.LinkUpdate;
import java.util.List;
import java.util.SortedMap;

/**
 * What every edge should run, as far as the topic has been read. It may already show a change that
 * a session is told of a moment later, never the other way round.
 */
public interface DesiredConfiguration {

  /** The groups in which the edge has a membership. */
  List<GroupId> groups(EdgeId edge);

  /** The edge's membership in a group. */
  Lookup<Membership> membership(EdgeId edge, GroupId group);

  /**
   * Memberships of the edge that were removed, as far as this pusher was there to see it; the last
   * one of each group.
   */
  List<FormerMembership> formerMemberships(EdgeId edge);

  /** A link as the edge should run it. */
  Lookup<LinkUpdate> link(EdgeId edge, GroupId group, LinkId link);

  /** The links the edge should run in a group, each with its revision. */
  SortedMap<LinkId, Long> linkRevisions(EdgeId edge, GroupId group);

  /** The highest revision that concerned the edge in a group, removals included; 0 if none did. */
  long revision(EdgeId edge, GroupId group);
}
