package io.linkwright.topology.view;

import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids of topology events: name-based (RFC 9562 version 3) on what the event says, so that deriving
 * the events again from the log gives the same ids.
 */
public final class TopologyEventIds {
  private TopologyEventIds() {}

  /** The id of an event that followed from the group's event at {@code revision}. */
  public static UUID of(GroupId group, long revision, TopologyEvent event) {
    String name = "linkwright.topology/%s/%d/%s".formatted(group, revision, subject(event));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String subject(TopologyEvent event) {
    return switch (event) {
      case MemberIsolated(EdgeId edge) -> "isolated/" + edge;
      case MemberConnected(EdgeId edge) -> "connected/" + edge;
      case GroupSplit(LinkId link, _) -> "split/" + link;
      case GroupJoined(LinkId link, _) -> "joined/" + link;
      case MeshComplete _ -> "complete";
    };
  }
}
