package io.linkwright.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A partial mesh of enrolled members to add links to.
 *
 * @param edges by number
 */
record BenchGroup(GroupId id, List<EdgeId> edges) {
  /** With one tunnel: the least a link can be, and what most groups are. */
  private static final TunnelProtocol PROTOCOL = TunnelProtocol.IPSEC;

  BenchGroup {
    edges = List.copyOf(edges);
  }

  /** Makes the group with members that have keys of their own, which nobody connects with. */
  static BenchGroup create(LoadClient load, GroupId id, int members)
      throws IOException, InterruptedException {
    return create(load, id, members, _ -> EdgeKeys.generate());
  }

  /** Makes the group with members that have these keys. */
  static BenchGroup create(
      LoadClient load, GroupId id, int members, Function<EdgeId, EdgeKeys> keys)
      throws IOException, InterruptedException {
    ObjectNode group =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("id", id.value())
            .put("topology", Topology.PARTIAL_MESH.label())
            .put("tunnelProtocol", PROTOCOL.label());
    load.send(RawHttpConnection.post(ApiPaths.GROUPS, group.toString()));
    String path = ApiPaths.at(ApiPaths.MEMBERS, id);
    load.sendAll(
        0,
        members,
        number -> {
          EdgeId edge = LinkPairs.edge(number);
          MemberKeys publicKeys = keys.apply(edge).publicKeysFor(PROTOCOL);
          ObjectNode member = LinkwrightApi.mapper().createObjectNode().put("edge", edge.value());
          member.set("keys", MemberKeysJson.of(publicKeys));
          return RawHttpConnection.post(path, member.toString());
        });
    return new BenchGroup(id, IntStream.range(0, members).mapToObj(LinkPairs::edge).toList());
  }

  /** The request that adds link number {@code index}. */
  byte[] addLink(LinkPairs pairs, int index) {
    return RawHttpConnection.post(ApiPaths.at(ApiPaths.LINKS, id), pairs.body(index));
  }

  /** The request that adds {@code size} links from number {@code from} on, all or nothing. */
  byte[] addLinks(LinkPairs pairs, int from, int size) {
    return batch("add", pairs, from, size);
  }

  /** The request that removes them again. */
  byte[] removeLinks(LinkPairs pairs, int from, int size) {
    return batch("remove", pairs, from, size);
  }

  private byte[] batch(String what, LinkPairs pairs, int from, int size) {
    return RawHttpConnection.post(
        ApiPaths.at(ApiPaths.LINKS_BATCH, id),
        "{\"%s\":%s}".formatted(what, pairs.bodies(from, size)));
  }
}
