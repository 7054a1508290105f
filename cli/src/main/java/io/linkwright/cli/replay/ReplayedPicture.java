package io.linkwright.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folded group in the words of the API, so that it can be held against what a server shows. */
public final class ReplayedPicture {
  private ReplayedPicture() {}

  /** The picture of a group that exists. */
  public static GroupSnapshot of(GroupState.Active group) {
    SortedMap<EdgeId, MemberPicture> members = new TreeMap<>();
    group.members().forEach(member -> members.put(member.edge(), picture(member)));
    SortedSet<LinkId> links = new TreeSet<>();
    group.links().forEach(link -> links.add(link.id()));
    return new GroupSnapshot(
        group.id(), group.revision(), settings(group.settings()), members, links);
  }

  private static Properties<GroupField> settings(GroupSettings settings) {
    SaLimits limits = settings.associations().limits();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", settings.name())
            .put("topology", settings.topology().label())
            .put("tunnelProtocol", settings.tunnelProtocol().label())
            .put("dualTunnel", settings.dualTunnel())
            .put("hub", settings.hub().map(EdgeId::value).orElse(null))
            .put("addressPool", settings.addressPool().toString())
            .put("rekeyEvery", settings.rekeyEvery().map(RekeyInterval::toString).orElse(null))
            .put("rekeyAfterBytes", limits.bytes().orElse(null))
            .put("rekeyAfterPackets", limits.packets().orElse(null));
    if (settings.tunnelProtocol() == TunnelProtocol.IPSEC) {
      json.put("saAlgorithm", settings.associations().algorithm().label());
    }
    return Properties.of(json, GroupField.class);
  }

  private static MemberPicture picture(Member member) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", member.name())
            .put("endpoint", member.endpoint().map(Endpoint::toString).orElse(null))
            .put("latitude", member.position().map(Position::latitude).orElse(null))
            .put("longitude", member.position().map(Position::longitude).orElse(null));
    ArrayNode subnets = json.putArray("allowedSubnets");
    member.allowedSubnets().forEach(subnet -> subnets.add(subnet.toString()));
    return new MemberPicture(Properties.of(json, MemberField.class), member.standing());
  }
}
