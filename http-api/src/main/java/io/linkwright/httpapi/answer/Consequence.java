package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.group.TopologyEvent.GroupJoined;
import io.linkwright.domain.group.TopologyEvent.GroupSplit;
import io.linkwright.domain.group.TopologyEvent.MemberConnected;
import io.linkwright.domain.group.TopologyEvent.MemberIsolated;
import io.linkwright.domain.group.TopologyEvent.MeshComplete;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.Optional;

/**
 * What followed from an event for the topology. What a type does not have is left out.
 *
 * @param type its name, as in {@code MemberIsolated}; a newer server may have further ones
 * @param edge that is isolated, or no longer
 * @param link that split or joined the group
 * @param parts of the group since then
 * @param members of a complete mesh
 * @param links of a complete mesh
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Consequence(
    String type,
    Optional<EdgeId> edge,
    Optional<LinkId> link,
    Optional<Integer> parts,
    Optional<Long> members,
    Optional<Long> links) {
  /** Type: a member has no link. */
  public static final String MEMBER_ISOLATED = "MemberIsolated";

  /** Type: a member that was isolated has a link. */
  public static final String MEMBER_CONNECTED = "MemberConnected";

  /** Type: the group hangs together less. */
  public static final String GROUP_SPLIT = "GroupSplit";

  /** Type: the group hangs together more. */
  public static final String GROUP_JOINED = "GroupJoined";

  /** Type: every pair of a partial mesh is linked. */
  public static final String MESH_COMPLETE = "MeshComplete";

  /** What followed, as the API shows it. */
  static Consequence of(TopologyEvent event) {
    String type = event.getClass().getSimpleName();
    return switch (event) {
      case MemberIsolated(EdgeId edge) -> ofEdge(type, edge);
      case MemberConnected(EdgeId edge) -> ofEdge(type, edge);
      case GroupSplit(LinkId link, int parts) -> ofLink(type, link, parts);
      case GroupJoined(LinkId link, int parts) -> ofLink(type, link, parts);
      case MeshComplete(long members, long links) ->
          new Consequence(
              type,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(members),
              Optional.of(links));
    };
  }

  private static Consequence ofEdge(String type, EdgeId edge) {
    return new Consequence(
        type,
        Optional.of(edge),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Consequence ofLink(String type, LinkId link, int parts) {
    return new Consequence(
        type,
        Optional.empty(),
        Optional.of(link),
        Optional.of(parts),
        Optional.empty(),
        Optional.empty());
  }
}
