package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** A peering group as the view shows it. */
public record Group(
    String id,
    String name,
    String topology,
    String tunnelProtocol,
    boolean dualTunnel,
    Optional<String> hub,
    Optional<String> rekeyEvery,
    long revision,
    long memberCount,
    long linkCount,
    List<String> isolatedMembers,
    List<Notice> notices) {
  /** Links are added and removed by hand. */
  public static final String PARTIAL_MESH = "partial-mesh";

  /** Every pair is linked. */
  public static final String MESH = "mesh";

  /** Every spoke is linked to the hub. */
  public static final String HUB_SPOKE = "hub-spoke";

  static Group of(JsonNode json) {
    return new Group(
        json.path("id").asText(),
        json.path("name").asText(),
        json.path("topology").asText(),
        json.path("tunnelProtocol").asText(),
        json.path("dualTunnel").asBoolean(),
        Fields.text(json, "hub"),
        Fields.text(json, "rekeyEvery"),
        json.path("revision").asLong(),
        json.path("memberCount").asLong(),
        json.path("linkCount").asLong(),
        Fields.texts(json, "isolatedMembers"),
        Fields.list(json, "notices", Notice::of));
  }

  /** What people can change about it. */
  public GroupSettings settings() {
    return new GroupSettings(
        name,
        topology,
        dualTunnel ? GroupSettings.TunnelCount.TWO : GroupSettings.TunnelCount.ONE,
        hub,
        rekeyEvery);
  }

  /** Whether people add and remove the links. */
  public boolean isPartialMesh() {
    return topology.equals(PARTIAL_MESH);
  }

  /** Whether the links go from one hub to every spoke. */
  public boolean isHubSpoke() {
    return topology.equals(HUB_SPOKE);
  }

  /** The topology for people. */
  public String topologyWords() {
    return switch (topology) {
      case PARTIAL_MESH -> "Partial mesh";
      case HUB_SPOKE -> "Hub and spoke";
      case MESH -> "Mesh";
      default -> topology;
    };
  }

  /** The tunnel protocol for people. */
  public String protocolWords() {
    return switch (tunnelProtocol) {
      case "ipsec" -> "IPsec";
      case "wireguard" -> "WireGuard";
      default -> tunnelProtocol;
    };
  }

  /** What the notices say beside the isolated members. */
  public List<Notice> unusualNotices() {
    return notices.stream()
        .filter(notice -> !notice.code().equals(Notice.ISOLATED_MEMBER))
        .toList();
  }

  /** What the notices say beside the isolated members and the complete mesh. */
  public List<Notice> otherNotices() {
    return unusualNotices().stream()
        .filter(notice -> !notice.code().equals(Notice.MESH_COMPLETE))
        .toList();
  }

  /** The hint that every pair is linked, if so. */
  public Optional<Notice> meshComplete() {
    return notices.stream().filter(notice -> notice.code().equals(Notice.MESH_COMPLETE)).findAny();
  }
}
