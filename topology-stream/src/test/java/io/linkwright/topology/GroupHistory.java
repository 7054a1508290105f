package io.linkwright.topology;

import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.Decider;
import io.linkwright.domain.group.Decision;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A group's events as the domain decides them, command by command. */
public final class GroupHistory {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final GroupId id;
  private final List<RecordedEvent> events = new ArrayList<>();
  private GroupState state;
  private int commands;

  public GroupHistory(String id) {
    this.id = new GroupId(id);
    this.state = GroupState.absent(this.id);
  }

  public GroupId id() {
    return id;
  }

  public GroupState state() {
    return state;
  }

  public List<RecordedEvent> events() {
    return events;
  }

  public GroupHistory create(Topology topology, TunnelProtocol protocol) {
    return create(topology, protocol, false, Optional.empty());
  }

  public GroupHistory create(
      Topology topology, TunnelProtocol protocol, boolean dualTunnel, Optional<String> hub) {
    return accepted(
        new GroupCommand.CreateGroup(
            new GroupSettings(
                id,
                "Group " + id,
                topology,
                protocol,
                dualTunnel,
                hub.map(EdgeId::new),
                GroupSettings.DEFAULT_ADDRESS_POOL)));
  }

  public GroupHistory members(String... edges) {
    for (String edge : edges) {
      accepted(new GroupCommand.AddMember(id, enrolled(edge)));
    }
    return this;
  }

  public GroupHistory awaiting(String edge) {
    NewMember member = enrolled(edge);
    return accepted(
        new GroupCommand.AddMember(
            id,
            new NewMember(
                member.edge(),
                member.name(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty())));
  }

  public GroupHistory enroll(String edge) {
    return accepted(
        new GroupCommand.ChangeMember(
            id,
            new EdgeId(edge),
            new MemberChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                enrolled(edge).keys())));
  }

  public GroupHistory link(String one, String other) {
    return accepted(new GroupCommand.AddLink(id, pair(one, other)));
  }

  public GroupHistory unlink(String one, String other) {
    return accepted(new GroupCommand.RemoveLink(id, pair(one, other).link()));
  }

  public GroupHistory rekey(String one, String other) {
    return accepted(new GroupCommand.RekeyLink(id, pair(one, other).link()));
  }

  public GroupHistory remove(String edge) {
    return accepted(new GroupCommand.RemoveMember(id, new EdgeId(edge)));
  }

  public GroupHistory delete() {
    return accepted(new GroupCommand.DeleteGroup(id));
  }

  public GroupHistory change(Topology topology) {
    return accepted(
        new GroupCommand.ChangeGroup(
            id, Optional.empty(), Optional.of(topology), Optional.empty(), Optional.empty()));
  }

  public GroupHistory accepted(GroupCommand command) {
    if (decide(command) instanceof Decision.Refused(var rejection)) {
      throw new IllegalArgumentException("%s: %s".formatted(command, rejection));
    }
    return this;
  }

  /** Decides, and takes the events on if there are any. */
  public Decision decide(GroupCommand command) {
    commands++;
    Decision decision =
        Decider.decide(
            state,
            new CommandEnvelope(
                command,
                "command-" + commands,
                "tester",
                START.plusSeconds(commands),
                OptionalLong.empty(),
                new KeySeed(pattern(commands, KeySeed.LENGTH_BYTES))));
    if (decision instanceof Decision.Accepted(List<Decision.Step> steps)) {
      for (Decision.Step step : steps) {
        state = step.after();
        events.add(step.event());
      }
    }
    return decision;
  }

  public static NewMember enrolled(String edge) {
    return new NewMember(
        new EdgeId(edge),
        "Edge " + edge,
        Optional.of(new Endpoint(edge + ".example.net", 51_820)),
        List.of(),
        Optional.of(new Position(39.74, -104.99)),
        Optional.of(keys(edge)));
  }

  public static EdgePair pair(String one, String other) {
    return new EdgePair(new EdgeId(one), new EdgeId(other));
  }

  public static LinkId link(String text) {
    return LinkId.parse(text);
  }

  /** Of the right form, but nobody's. */
  private static MemberKeys keys(String edge) {
    int seed = 4 * edge.hashCode(); // a key has four parts, and no two edges have one in common
    return new MemberKeys(
        PublicKey.ofBytes(pattern(seed, MemberKeys.IDENTITY_LENGTH_BYTES)),
        PublicKey.ofBytes(pattern(seed + 1, MemberKeys.SEALING_LENGTH_BYTES)),
        List.of(
            PublicKey.ofBytes(pattern(seed + 2, MemberKeys.WIREGUARD_LENGTH_BYTES)),
            PublicKey.ofBytes(pattern(seed + 3, MemberKeys.WIREGUARD_LENGTH_BYTES))));
  }

  private static byte[] pattern(int seed, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.remaining() >= Integer.BYTES) {
      bytes.putInt(seed);
    }
    return bytes.array();
  }
}
