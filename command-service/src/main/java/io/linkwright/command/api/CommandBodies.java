package io.linkwright.command.api;

import io.linkwright.domain.Cidr;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.EdgePair;
import io.linkwright.domain.Endpoint;
import io.linkwright.domain.GroupCommand.AddLink;
import io.linkwright.domain.GroupCommand.AddMember;
import io.linkwright.domain.GroupCommand.ChangeGroup;
import io.linkwright.domain.GroupCommand.ChangeLinks;
import io.linkwright.domain.GroupCommand.ChangeMember;
import io.linkwright.domain.GroupCommand.CreateGroup;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupSettings;
import io.linkwright.domain.MemberChange;
import io.linkwright.domain.NewMember;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.http.JsonBody;
import java.util.List;

/** Reads commands out of request bodies. */
final class CommandBodies {
  /**
   * More than any command takes, so that the domain says what is too many; the body's own bound.
   */
  private static final int MAX_ITEMS = 50_000;

  private CommandBodies() {}

  static CreateGroup createGroup(JsonBody body) {
    GroupId id = body.parsed("id", GroupId::new);
    GroupSettings settings =
        new GroupSettings(
            id,
            body.optionalString("name").orElse(id.value()),
            body.parsed("topology", Topology::parse),
            body.parsed("tunnelProtocol", TunnelProtocol::parse),
            body.optionalFlag("dualTunnel").orElse(false),
            body.optional("hub", EdgeId::new),
            body.optional("addressPool", Cidr::parse).orElse(GroupSettings.DEFAULT_ADDRESS_POOL));
    body.done();
    return new CreateGroup(settings);
  }

  static ChangeGroup changeGroup(GroupId group, JsonBody body) {
    ChangeGroup change =
        new ChangeGroup(
            group,
            body.patched("name", name -> name),
            body.patched("topology", Topology::parse),
            body.patchedFlag("dualTunnel"),
            body.patched("hub", EdgeId::new));
    body.done();
    return change;
  }

  static AddMember addMember(GroupId group, JsonBody body) {
    EdgeId edge = body.parsed("edge", EdgeId::new);
    NewMember member =
        new NewMember(
            edge,
            body.optionalString("name").orElse(edge.value()),
            body.optional("endpoint", Endpoint::parse),
            body.strings("allowedSubnets", MAX_ITEMS, Cidr::parse),
            MemberFields.position(body),
            body.optionalObject("keys").map(MemberFields::keys));
    body.done();
    return new AddMember(group, member);
  }

  static ChangeMember changeMember(GroupId group, EdgeId edge, JsonBody body) {
    MemberChange change =
        new MemberChange(
            body.patched("name", name -> name),
            body.clearable("endpoint", Endpoint::parse),
            body.patchedStrings("allowedSubnets", MAX_ITEMS, Cidr::parse),
            MemberFields.changedPosition(body),
            MemberFields.changedKeys(body));
    body.done();
    return new ChangeMember(group, edge, change);
  }

  static AddLink addLink(GroupId group, JsonBody body) {
    EdgePair pair = pair(body);
    body.done();
    return new AddLink(group, pair);
  }

  static ChangeLinks changeLinks(GroupId group, JsonBody body) {
    List<EdgePair> add = body.objects("add", MAX_ITEMS, CommandBodies::pair);
    List<EdgePair> remove = body.objects("remove", MAX_ITEMS, CommandBodies::pair);
    body.done();
    return new ChangeLinks(group, add, remove);
  }

  private static EdgePair pair(JsonBody body) {
    return new EdgePair(body.parsed("edgeA", EdgeId::new), body.parsed("edgeB", EdgeId::new));
  }
}
