package io.linkwright.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.SealCheck;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogReplayStateTest {
  private static final GroupId WEST = new GroupId("west");
  private static final GroupId EAST = new GroupId("east");
  private static final int PARTITION = 3;

  private static final EventSeal SEAL = new EventSeal(new byte[32], Optional.of(new byte[32]));

  private LogReplayState fold = new LogReplayState(SealCheck.ofPresence());

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 100);
  }

  @Test
  void aSoundLogLeadsToItsGroups() {
    feed(log(WEST, 4));

    assertThat(fold.damages()).isEmpty();
    ReplayedGroup west = fold.groups().get(WEST);
    assertThat(west.state().revision()).isEqualTo(4);
    assertThat(west.changedBy()).isEqualTo("actor-4");
    assertThat(((GroupState.Active) west.state()).memberCount()).isEqualTo(3);
    assertThat(fold.events()).isEqualTo(4);
  }

  @Test
  void theStateAtARevisionIsKeptThoughTheLogGoesOn() {
    fold = new LogReplayState(SealCheck.ofPresence(), WEST, 2);

    feed(log(WEST, 9));

    assertThat(fold.watched().orElseThrow().state().revision()).isEqualTo(2);
    assertThat(fold.groups().get(WEST).state().revision()).isEqualTo(9);
  }

  @Test
  void aGapIsNamedOnceAndOtherGroupsGoOn() {
    List<RecordedEvent> west = log(WEST, 8);
    west.subList(3, 5).clear();
    List<RecordedEvent> both = new ArrayList<>(west);
    both.addAll(log(EAST, 5));

    feed(both);

    assertThat(fold.damages())
        .containsExactly(new Damage(PARTITION, 3, "west", 6, "revisions 4 to 5 are missing"));
    assertThat(fold.groups().get(WEST).sound()).isFalse();
    assertThat(fold.groups().get(WEST).state().revision()).isEqualTo(3);
    assertThat(fold.groups().get(EAST).state().revision()).isEqualTo(5);
  }

  @Test
  void aRivalAtARevisionIsDamage() {
    List<RecordedEvent> events = log(WEST, 4);
    events.add(event(WEST, 4, added(7)));

    feed(events);

    assertThat(fold.damages().getFirst().what())
        .isEqualTo("a second event at this revision: the group is at 4 already");
    assertThat(fold.damages().getFirst().offset()).isEqualTo(4);
  }

  @Test
  void anEventThatContradictsTheStateIsDamage() {
    List<RecordedEvent> events = log(WEST, 3);
    events.add(event(WEST, 4, new GroupEvent.MemberRemoved(new EdgeId("nobody"))));

    feed(events);

    assertThat(fold.damages().getFirst().what())
        .startsWith("MemberRemoved of group west, revision 4, cannot follow");
  }

  @Test
  void aLogThatDoesNotBeginWithTheGroupIsDamage() {
    feed(log(WEST, 4).subList(1, 4));

    assertThat(fold.damages())
        .containsExactly(new Damage(PARTITION, 0, "west", 2, "revision 1 is missing"));
  }

  @Test
  void aStrayRecordIsDamage() {
    feed(log(WEST, 2));
    fold.event(new LogReplayState.Position(PARTITION, 7, "east"), event(WEST, 3, added(3)), SEAL);
    fold.event(new LogReplayState.Position(5, 0, "west"), event(WEST, 3, added(3)), SEAL);
    fold.unreadable(new LogReplayState.Position(5, 1, "x"), "not Avro");
    fold.truncated(6, 12);

    assertThat(fold.damages())
        .extracting(Damage::what)
        .containsExactly(
            "its key is not its group, west",
            "events of the group stand in partition 3, too",
            "not Avro",
            "what stood before is gone");
  }

  @Test
  void aRecordOfAnUnknownSchemaStopsItsGroupUntilARecovery() {
    feed(log(WEST, 4));
    fold.unknown(new LogReplayState.Position(PARTITION, 4, "west"), "schema id 99");
    assertThat(fold.groups().get(WEST).sound()).isFalse();

    fold.event(
        new LogReplayState.Position(PARTITION, 5, "west"),
        event(WEST, 9, new GroupEvent.GroupRecovered(4)),
        SEAL);

    assertThat(fold.groups().get(WEST).sound()).isTrue();
    assertThat(fold.groups().get(WEST).state().revision()).isEqualTo(9);
    assertThat(fold.damages()).extracting(Damage::what).containsExactly("schema id 99");
  }

  @Test
  void anEventWithoutMacIsDamageAndNamesItsPlace() {
    feed(log(WEST, 2));
    fold.event(
        new LogReplayState.Position(PARTITION, 2, "west"),
        event(WEST, 3, added(3)),
        new EventSeal(new byte[32], Optional.empty()));

    assertThat(fold.damages())
        .containsExactly(new Damage(PARTITION, 2, "west", 3, SealCheck.NO_MAC));
    assertThat(fold.groups().get(WEST).state().revision()).isEqualTo(2);
  }

  @Test
  void damagesAreCountedButNotAllTold() {
    for (int offset = 0; offset < 1_000; offset++) {
      fold.unreadable(new LogReplayState.Position(PARTITION, offset, ""), "not Avro");
    }

    assertThat(fold.damages()).hasSize(LogReplayState.MAX_TOLD);
    assertThat(fold.damageCount()).isEqualTo(1_000);
  }

  /** One event of a sound log is lost, doubled, or has changed places with the next. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noSingleFaultGoesUnnoticed(long seed) {
    Random random = new Random(seed);
    List<RecordedEvent> events = log(WEST, 10 + random.nextInt(10));
    int at = random.nextInt(events.size() - 1);
    switch (random.nextInt(3)) {
      case 0 -> events.remove(at);
      case 1 -> events.add(at + random.nextInt(events.size() - at), events.get(at));
      default -> Collections.swap(events, at, at + 1);
    }

    feed(events);

    assertThat(fold.damages()).hasSize(1);
    assertThat(fold.groups().get(WEST).sound()).isFalse();
    assertThat(fold.groups().get(WEST).state().revision()).isLessThanOrEqualTo(events.size());
  }

  private void feed(List<RecordedEvent> events) {
    for (int offset = 0; offset < events.size(); offset++) {
      RecordedEvent event = events.get(offset);
      fold.event(
          new LogReplayState.Position(PARTITION, offset, event.group().value()), event, SEAL);
    }
  }

  /** A group that gets a member with each event after the first. */
  private static List<RecordedEvent> log(GroupId group, int revisions) {
    List<RecordedEvent> events = new ArrayList<>();
    events.add(event(group, 1, new GroupEvent.GroupCreated(settings(group))));
    for (int revision = 2; revision <= revisions; revision++) {
      events.add(event(group, revision, added(revision)));
    }
    return events;
  }

  private static GroupEvent added(int number) {
    return new GroupEvent.MemberAdded(
        new Member(
            new EdgeId("edge-" + number),
            "Edge",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(IpAddress.parse("10.9.0." + number)),
            Optional.empty()));
  }

  private static RecordedEvent event(GroupId group, long revision, GroupEvent payload) {
    return new RecordedEvent(
        new UUID(payload.hashCode(), revision),
        group,
        revision,
        Instant.EPOCH.plusSeconds(revision),
        "actor-" + revision,
        "command",
        payload);
  }

  private static GroupSettings settings(GroupId group) {
    return new GroupSettings(
        group,
        "Group",
        Topology.PARTIAL_MESH,
        TunnelProtocol.WIREGUARD,
        false,
        Optional.empty(),
        Cidr.parse("10.9.0.0/24"));
  }
}
