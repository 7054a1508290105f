package io.linkwright.command.api;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.group.GroupCommand.AddLink;
import io.linkwright.domain.group.GroupCommand.AddMember;
import io.linkwright.domain.group.GroupCommand.ChangeGroup;
import io.linkwright.domain.group.GroupCommand.ChangeLinks;
import io.linkwright.domain.group.GroupCommand.ChangeMember;
import io.linkwright.domain.group.GroupCommand.CreateGroup;
import io.linkwright.domain.group.GroupCommand.EnrollMember;
import io.linkwright.domain.group.GroupCommand.InviteMember;
import io.linkwright.domain.group.GroupCommand.RecoverGroup;
import io.linkwright.domain.group.GroupCommand.RevokeMember;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.key.SaPolicyChange;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import io.linkwright.domain.member.TokenHash;
import io.linkwright.http.JsonBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads commands out of request bodies. */
final class CommandBodies {
  /**
   * More than any command takes, so that the domain says what is too many; the body's own bound.
   */
  static final int MAX_ITEMS = 50_000;

  private static final String TIME_TO_LIVE = "enrollmentTtl";
  private static final String SA_ALGORITHM = "saAlgorithm";
  private static final String AFTER_BYTES = "rekeyAfterBytes";
  private static final String AFTER_PACKETS = "rekeyAfterPackets";

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
            body.optional("addressPool", Cidr::parse).orElse(GroupSettings.DEFAULT_ADDRESS_POOL),
            body.optional("rekeyEvery", RekeyInterval::parse),
            new SaPolicy(
                body.optional(SA_ALGORITHM, SaAlgorithm::parse)
                    .orElse(SaPolicy.DEFAULT.algorithm()),
                new SaLimits(
                    body.optionalWhole(AFTER_BYTES, SaLimits::requireBytes),
                    body.optionalWhole(AFTER_PACKETS, SaLimits::requirePackets))));
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
            body.patched("hub", EdgeId::new),
            body.clearable("rekeyEvery", RekeyInterval::parse),
            new SaPolicyChange(
                body.patched(SA_ALGORITHM, SaAlgorithm::parse),
                body.clearableWhole(AFTER_BYTES, SaLimits::requireBytes),
                body.clearableWhole(AFTER_PACKETS, SaLimits::requirePackets)));
    body.done();
    return change;
  }

  static RecoverGroup recoverGroup(GroupId group, JsonBody body) {
    RecoverGroup recover =
        new RecoverGroup(
            group, body.optionalWhole("aboveRevision", CommandBodies::requireRevision).orElse(0L));
    body.done();
    return recover;
  }

  private static long requireRevision(long revision) {
    if (revision < 0) {
      throw new IllegalArgumentException("%d is no revision".formatted(revision));
    }
    return revision;
  }

  /**
   * A new member.
   *
   * @param newToken makes the token of a member that comes without keys
   */
  static AddMember addMember(GroupId group, JsonBody body, Function<EdgeId, TokenHash> newToken) {
    EdgeId edge = body.parsed("edge", EdgeId::new);
    Optional<Duration> timeToLive = timeToLive(body);
    NewMember member =
        new NewMember(
            edge,
            body.optionalString("name").orElse(edge.value()),
            body.optional("endpoint", Endpoint::parse),
            body.strings("allowedSubnets", MAX_ITEMS, Cidr::parse),
            MemberFields.position(body),
            body.optionalObject("keys").map(MemberFields::keys));
    body.done();
    if (member.keys().isPresent() && timeToLive.isPresent()) {
      throw body.refuse(TIME_TO_LIVE, "is for a member without keys");
    }
    return new AddMember(
        group,
        member,
        member.keys().isPresent()
            ? Optional.empty()
            : Optional.of(invitation(newToken.apply(edge), timeToLive)));
  }

  static InviteMember inviteMember(
      GroupId group, EdgeId edge, JsonBody body, Function<EdgeId, TokenHash> newToken) {
    Optional<Duration> timeToLive = timeToLive(body);
    body.done();
    return new InviteMember(group, edge, invitation(newToken.apply(edge), timeToLive));
  }

  static EnrollMember enrollMember(GroupId group, EdgeId edge, JsonBody body) {
    EnrollmentToken token = body.parsed("token", EnrollmentToken::parse);
    MemberKeys keys =
        body.optionalObject("keys")
            .map(MemberFields::keys)
            .orElseThrow(() -> body.refuse("keys", "is required"));
    body.done();
    return new EnrollMember(group, edge, token.hash(), keys);
  }

  static RevokeMember revokeMember(GroupId group, EdgeId edge, JsonBody body) {
    RevokedLinks links = body.optional("links", RevokedLinks::parse).orElse(RevokedLinks.KEEP);
    body.done();
    return new RevokeMember(group, edge, links);
  }

  private static Optional<Duration> timeToLive(JsonBody body) {
    return body.optional(TIME_TO_LIVE, Invitation::parseTimeToLive);
  }

  private static Invitation invitation(TokenHash token, Optional<Duration> timeToLive) {
    return new Invitation(token, timeToLive.orElse(Invitation.DEFAULT_TIME_TO_LIVE));
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
