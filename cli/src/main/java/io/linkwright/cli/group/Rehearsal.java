package io.linkwright.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.Decider;
import io.linkwright.domain.group.Decision;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.Rejection;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.key.SaPolicyChange;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the server would say to a series of commands, found out before the first of them is sent: a
 * model of the group, and the decider that the server has. It knows all but the keys of devices, so
 * only what is about keys can still be refused later. Owned by one thread.
 */
public final class Rehearsal {
  /** Keys that are made here are never used. */
  private static final KeySeed NO_SECRET = new KeySeed(new byte[KeySeed.LENGTH_BYTES]);

  private final GroupId group;
  private GroupState state;

  private Rehearsal(GroupId group) {
    this.group = group;
    this.state = GroupState.absent(group);
  }

  /** Begins where there is no group. */
  public static Rehearsal ofNothing(GroupId group) {
    return new Rehearsal(group);
  }

  /**
   * Begins with a group as it is. Empty if today's rules would not let it come about any more, so
   * that they tell nothing of what the server says to changes.
   */
  public static Optional<Rehearsal> of(GroupSnapshot now) {
    Rehearsal rehearsal = new Rehearsal(now.id());
    if (rehearsal.create(now.settings()).isPresent()) {
      return Optional.empty();
    }
    for (Map.Entry<EdgeId, MemberPicture> member : now.members().entrySet()) {
      Properties<MemberField> properties = member.getValue().properties();
      if (rehearsal.addMember(member.getKey(), properties, Optional.empty()).isPresent()) {
        return Optional.empty();
      }
    }
    if (!now.topology().isAutomatic()) {
      for (LinkId link : now.links()) {
        if (rehearsal.addLink(link).isPresent()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(rehearsal);
  }

  /** Creates the group with what the file or the server says; the rest is the default. */
  public Optional<Rejection> create(Properties<GroupField> settings) {
    return decide(
        new GroupCommand.CreateGroup(
            new GroupSettings(
                group,
                settings.text(GroupField.NAME).orElse(group.value()),
                Topology.parse(settings.text(GroupField.TOPOLOGY).orElseThrow()),
                TunnelProtocol.parse(settings.text(GroupField.TUNNEL_PROTOCOL).orElseThrow()),
                flag(settings).orElse(false),
                settings.text(GroupField.HUB).map(EdgeId::new),
                settings
                    .text(GroupField.ADDRESS_POOL)
                    .map(Cidr::parse)
                    .orElse(GroupSettings.DEFAULT_ADDRESS_POOL),
                settings.text(GroupField.REKEY_EVERY).map(RekeyInterval::parse),
                new SaPolicy(
                    settings
                        .text(GroupField.SA_ALGORITHM)
                        .map(SaAlgorithm::parse)
                        .orElse(SaPolicy.DEFAULT.algorithm()),
                    new SaLimits(
                        number(settings, GroupField.REKEY_AFTER_BYTES),
                        number(settings, GroupField.REKEY_AFTER_PACKETS))))));
  }

  /** Changes these settings. Another topology takes the hub away by itself. */
  public Optional<Rejection> change(Properties<GroupField> to) {
    return decide(
        new GroupCommand.ChangeGroup(
            group,
            to.text(GroupField.NAME),
            to.text(GroupField.TOPOLOGY).map(Topology::parse),
            flag(to),
            to.text(GroupField.HUB).map(EdgeId::new),
            to.clearable(GroupField.REKEY_EVERY, text -> RekeyInterval.parse(text.asText())),
            new SaPolicyChange(
                to.text(GroupField.SA_ALGORITHM).map(SaAlgorithm::parse),
                to.clearable(GroupField.REKEY_AFTER_BYTES, JsonNode::longValue),
                to.clearable(GroupField.REKEY_AFTER_PACKETS, JsonNode::longValue))));
  }

  /** Adds a member. */
  public Optional<Rejection> addMember(
      EdgeId edge, Properties<MemberField> properties, Optional<? extends JsonNode> keys) {
    return decide(
        new GroupCommand.AddMember(
            group,
            new NewMember(
                edge,
                properties.text(MemberField.NAME).orElse(edge.value()),
                properties.text(MemberField.ENDPOINT).map(Endpoint::parse),
                properties
                    .value(MemberField.ALLOWED_SUBNETS)
                    .map(Rehearsal::subnets)
                    .orElse(List.of()),
                position(properties),
                keys.map(Rehearsal::keys))));
  }

  /** Changes these properties of a member. */
  public Optional<Rejection> changeMember(
      EdgeId edge, Properties<MemberField> to, Optional<? extends JsonNode> keys) {
    boolean placed = to.values().containsKey(MemberField.LATITUDE);
    return decide(
        new GroupCommand.ChangeMember(
            group,
            edge,
            new MemberChange(
                to.text(MemberField.NAME),
                to.clearable(MemberField.ENDPOINT, text -> Endpoint.parse(text.asText())),
                to.value(MemberField.ALLOWED_SUBNETS).map(Rehearsal::subnets),
                placed ? Optional.of(position(to)) : Optional.empty(),
                keys.map(Rehearsal::keys))));
  }

  /** Removes a member with its links. */
  public Optional<Rejection> removeMember(EdgeId edge) {
    return decide(new GroupCommand.RemoveMember(group, edge));
  }

  /** Links two members. */
  public Optional<Rejection> addLink(LinkId link) {
    return decide(new GroupCommand.AddLink(group, new EdgePair(link.edgeA(), link.edgeB())));
  }

  /** Unlinks two members. */
  public Optional<Rejection> removeLink(LinkId link) {
    return decide(new GroupCommand.RemoveLink(group, link));
  }

  private Optional<Rejection> decide(GroupCommand command) {
    CommandEnvelope envelope =
        new CommandEnvelope(
            command, "rehearsal", "rehearsal", Instant.EPOCH, OptionalLong.empty(), NO_SECRET);
    return switch (Decider.decide(state, envelope)) {
      case Decision.Refused(Rejection rejection) -> Optional.of(rejection);
      case Decision.Accepted(List<Decision.Step> steps) -> {
        if (!steps.isEmpty()) {
          state = steps.getLast().after();
        }
        yield Optional.empty();
      }
    };
  }

  private static Optional<Boolean> flag(Properties<GroupField> settings) {
    return settings.value(GroupField.DUAL_TUNNEL).map(JsonNode::booleanValue);
  }

  private static Optional<Long> number(Properties<GroupField> settings, GroupField field) {
    return settings.value(field).map(JsonNode::longValue);
  }

  private static List<Cidr> subnets(JsonNode texts) {
    return texts.valueStream().map(JsonNode::asText).map(Cidr::parse).toList();
  }

  private static Optional<Position> position(Properties<MemberField> properties) {
    return properties
        .value(MemberField.LATITUDE)
        .flatMap(
            latitude ->
                properties
                    .value(MemberField.LONGITUDE)
                    .map(
                        longitude ->
                            new Position(latitude.doubleValue(), longitude.doubleValue())));
  }

  private static MemberKeys keys(JsonNode keys) {
    return new MemberKeys(
        new PublicKey(keys.path("identity").asText()),
        new PublicKey(keys.path("sealing").asText()),
        keys.path("wireGuard").valueStream().map(JsonNode::asText).map(PublicKey::new).toList());
  }
}
