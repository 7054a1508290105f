package io.linkwright.console.page;

import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.Notice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A group for people. */
public final class GroupWords {
  private GroupWords() {}

  /** Whether people add and remove the links. */
  public static boolean isPartialMesh(GroupAnswer group) {
    return group.settings().topology() == Topology.PARTIAL_MESH;
  }

  /** Whether the links go from one hub to every spoke. */
  public static boolean isHubSpoke(GroupAnswer group) {
    return group.settings().topology() == Topology.HUB_SPOKE;
  }

  /** How links come about. */
  public static String topology(GroupAnswer group) {
    return switch (group.settings().topology()) {
      case PARTIAL_MESH -> "Partial mesh";
      case HUB_SPOKE -> "Hub and spoke";
      case MESH -> "Mesh";
    };
  }

  /** What encrypts its tunnels. */
  public static String protocol(GroupAnswer group) {
    return switch (group.settings().tunnelProtocol()) {
      case IPSEC -> "IPsec";
      case WIREGUARD -> "WireGuard";
    };
  }

  /** What the notices say beside the isolated members. */
  public static List<Notice> unusualNotices(GroupAnswer group) {
    return group.notices().stream()
        .filter(notice -> !notice.code().equals(Notice.ISOLATED_MEMBER))
        .toList();
  }

  /** What the notices say beside the isolated members and the complete mesh. */
  public static List<Notice> otherNotices(GroupAnswer group) {
    return unusualNotices(group).stream()
        .filter(notice -> !notice.code().equals(Notice.MESH_COMPLETE))
        .toList();
  }

  /** The hint that every pair is linked, if so. */
  public static Optional<Notice> meshComplete(GroupAnswer group) {
    return group.notices().stream()
        .filter(notice -> notice.code().equals(Notice.MESH_COMPLETE))
        .findAny();
  }

  /** Whether something is not as it is meant to be. */
  public static boolean isWarning(Notice notice) {
    return notice.severity().equals(Notice.WARNING);
  }

  /** Edges one after the other. */
  public static String names(List<EdgeId> edges) {
    return edges.stream().map(EdgeId::value).collect(Collectors.joining(", "));
  }
}
