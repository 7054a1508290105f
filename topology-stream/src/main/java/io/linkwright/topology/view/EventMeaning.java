package io.linkwright.topology.view;

import io.linkwright.domain.graph.GroupGraph;
import io.linkwright.domain.graph.TopologyChange;
import io.linkwright.domain.graph.TopologyRules;
import io.linkwright.domain.group.GroupEvent.GroupChanged;
import io.linkwright.domain.group.GroupEvent.GroupCreated;
import io.linkwright.domain.group.GroupEvent.GroupDeleted;
import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.GroupEvent.LinkAdded;
import io.linkwright.domain.group.GroupEvent.LinkChanged;
import io.linkwright.domain.group.GroupEvent.LinkRemoved;
import io.linkwright.domain.group.GroupEvent.LinkSuspended;
import io.linkwright.domain.group.GroupEvent.MemberAdded;
import io.linkwright.domain.group.GroupEvent.MemberChanged;
import io.linkwright.domain.group.GroupEvent.MemberRemoved;
import io.linkwright.domain.group.GroupEvent.MemberRevoked;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Map;

/** Which rule of the domain says what an event means for the graph. */
final class EventMeaning {
  private EventMeaning() {}

  /** Asks the rule, on the graph as {@link EventWrites} left it. */
  static TopologyChange of(RecordedEvent event, GroupRecord before, GroupGraph graph) {
    long revision = event.revision();
    return switch (event.payload()) {
      case GroupChanged _ ->
          TopologyRules.groupChanged(
              graph, before.settings().map(GroupSettings::topology).orElseThrow());
      case MemberAdded(Member member) -> TopologyRules.memberAdded(graph, member.edge());
      case MemberRemoved _ -> TopologyRules.memberRemoved(graph);
      case LinkAdded(LinkConfiguration link) -> TopologyRules.linkAdded(graph, link.id(), revision);
      case LinkRemoved(LinkId link) -> TopologyRules.linkRemoved(graph, link, revision);
      case GroupCreated _,
          GroupDeleted _,
          GroupRecovered _,
          MemberChanged _,
          MemberRevoked _,
          LinkChanged _,
          LinkSuspended _ ->
          nothing(graph);
    };
  }

  /** The graph is as it was. */
  static TopologyChange nothing(GroupGraph graph) {
    return new TopologyChange(List.of(), Map.of(), Map.of(), graph.componentCount());
  }
}
