package io.linkwright.cli.applying;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.edgeprotocol.MemberKeyCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a file of groups, in YAML or JSON: {@code groups}, a list of groups with the fields that
 * the HTTP API gives them, {@code members} and {@code links}. All that can be known to be wrong
 * without the server is refused here.
 */
public final class GroupFile {
  /** The largest group, written out, has less than half of this. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Some editors begin a file with it. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String LATITUDE = MemberField.LATITUDE.label();
  private static final String LONGITUDE = MemberField.LONGITUDE.label();

  private GroupFile() {}

  /**
   * Reads a file of at most {@link #MAX_BYTES}, and leaves it open.
   *
   * @param name what messages call it
   * @throws GroupFileException naming the place that cannot be
   */
  public static List<WantedGroup> read(String name, InputStream in)
      throws IOException, GroupFileException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new GroupFileException(
          "%s has more than %,d bytes: put its groups into several files"
              .formatted(name, MAX_BYTES));
    }
    FileObject root = FileObject.of(FileParse.read(name, text(name, bytes)));
    List<FileNode> nodes =
        root.items("groups").orElseThrow(() -> root.place("groups").refused("is required"));
    root.done();
    Map<GroupId, Place> places = new HashMap<>();
    List<WantedGroup> groups = new ArrayList<>();
    for (FileNode node : nodes) {
      WantedGroup group = group(FileObject.of(node));
      requireFirst(places.put(group.id(), node.place()), node.place(), "group " + group.id());
      groups.add(group);
    }
    return groups;
  }

  private static String text(String name, byte[] bytes) throws GroupFileException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      throw new GroupFileException("%s is not text in UTF-8".formatted(name), other);
    }
  }

  private static WantedGroup group(FileObject object) throws GroupFileException {
    GroupId id = object.text("id", GroupId::new);
    Properties<GroupField> settings = object.properties(GroupField.class);
    Optional<List<FileNode>> memberNodes = object.items("members");
    Optional<List<FileNode>> linkNodes = object.items("links");
    object.done();
    Optional<SortedMap<EdgeId, WantedMember>> members = Optional.empty();
    if (memberNodes.isPresent()) {
      members = Optional.of(members(memberNodes.get()));
    }
    Map<LinkId, Place> places = new HashMap<>();
    Optional<SortedSet<LinkId>> links = Optional.empty();
    if (linkNodes.isPresent()) {
      links = Optional.of(links(linkNodes.get(), members.orElseGet(TreeMap::new), places));
    }
    return new WantedGroup(
        id,
        settings,
        members,
        links,
        new WantedGroup.Places(object.place(), object.place("links"), places));
  }

  private static SortedMap<EdgeId, WantedMember> members(List<FileNode> nodes)
      throws GroupFileException {
    SortedMap<EdgeId, WantedMember> members = new TreeMap<>();
    Map<EdgeId, Place> places = new HashMap<>();
    NetworkMap<WantedMember> owners = new NetworkMap<>();
    for (FileNode node : nodes) {
      WantedMember member = member(FileObject.of(node));
      requireFirst(places.put(member.edge(), node.place()), node.place(), "edge " + member.edge());
      members.put(member.edge(), member);
      requireOwnNetworks(member, owners);
    }
    return members;
  }

  /** An address can be behind one member only. */
  private static void requireOwnNetworks(WantedMember member, NetworkMap<WantedMember> owners)
      throws GroupFileException {
    for (Cidr network : Handovers.networks(member.properties()).toList()) {
      Optional<NetworkMap.Owned<WantedMember>> other = owners.put(network, member);
      if (other.isPresent()) {
        throw member
            .place()
            .field(MemberField.ALLOWED_SUBNETS.label(), member.place().line())
            .refused(
                "%s overlaps %s of %s in line %d: an address can be behind one member only"
                    .formatted(
                        network,
                        other.get().network(),
                        other.get().owner().edge(),
                        other.get().owner().place().line()));
      }
    }
  }

  private static WantedMember member(FileObject object) throws GroupFileException {
    EdgeId edge = object.text("edge", EdgeId::new);
    Properties<MemberField> properties = object.properties(MemberField.class);
    if (properties.value(MemberField.LATITUDE).isPresent()
        != properties.value(MemberField.LONGITUDE).isPresent()) {
      throw object.place(LATITUDE).refused("goes together with %s".formatted(LONGITUDE));
    }
    Optional<FileObject> keys = object.object("keys");
    object.done();
    return new WantedMember(
        edge,
        properties,
        keys.isEmpty() ? Optional.empty() : Optional.of(keys(keys.get())),
        object.place());
  }

  private static ObjectNode keys(FileObject object) throws GroupFileException {
    PublicKey identity = object.text("identity", PublicKey::new);
    PublicKey sealing = object.text("sealing", PublicKey::new);
    List<String> wireGuard = object.texts("wireGuard");
    object.done();
    try {
      MemberKeys keys =
          new MemberKeys(identity, sealing, wireGuard.stream().map(PublicKey::new).toList());
      Optional<String> fault = MemberKeyCheck.fault(keys);
      if (fault.isPresent()) {
        throw object.place().refused(fault.get());
      }
    } catch (IllegalArgumentException wrong) {
      throw object.place().refused(wrong.getMessage());
    }
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("identity", identity.base64())
            .put("sealing", sealing.base64());
    if (!wireGuard.isEmpty()) {
      ArrayNode array = json.putArray("wireGuard");
      wireGuard.forEach(array::add);
    }
    return json;
  }

  private static SortedSet<LinkId> links(
      List<FileNode> nodes, SortedMap<EdgeId, WantedMember> members, Map<LinkId, Place> places)
      throws GroupFileException {
    SortedSet<LinkId> links = new TreeSet<>();
    for (FileNode node : nodes) {
      LinkId link = link(node, members);
      requireFirst(places.put(link, node.place()), node.place(), "link " + link);
      links.add(link);
    }
    return links;
  }

  /** {@code [a, b]} or {@code {edgeA: a, edgeB: b}}. */
  private static LinkId link(FileNode node, SortedMap<EdgeId, WantedMember> members)
      throws GroupFileException {
    List<FileNode> ends = new ArrayList<>();
    switch (node) {
      case FileNode.Items(Place _, List<FileNode> items) -> ends.addAll(items);
      case FileNode.Fields(Place _, Map<String, FileNode> fields) -> {
        FileObject object = FileObject.of(node);
        object.text("edgeA", EdgeId::new);
        object.text("edgeB", EdgeId::new);
        object.done();
        ends.add(fields.get("edgeA"));
        ends.add(fields.get("edgeB"));
      }
      case FileNode.Scalar _ -> {}
    }
    if (ends.size() != 2) {
      throw node.place().refused("must be two edges, as in [denver, seattle]");
    }
    EdgeId one = end(ends.get(0), members);
    EdgeId other = end(ends.get(1), members);
    if (one.equals(other)) {
      throw node.place().refused("%s cannot be linked to itself".formatted(one));
    }
    return LinkId.between(one, other);
  }

  private static EdgeId end(FileNode node, SortedMap<EdgeId, WantedMember> members)
      throws GroupFileException {
    EdgeId edge = FileObject.parsed(node, EdgeId::new);
    if (!members.containsKey(edge)) {
      throw node.place()
          .refused("%s is not among the group's members in this file".formatted(edge));
    }
    return edge;
  }

  private static void requireFirst(Place earlier, Place place, String what)
      throws GroupFileException {
    if (earlier != null) {
      throw place.refused("%s stands in line %d already".formatted(what, earlier.line()));
    }
  }
}
