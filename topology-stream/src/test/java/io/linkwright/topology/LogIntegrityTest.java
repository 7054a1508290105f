package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupEvent.GroupRecovered;
import io.linkwright.domain.group.GroupEvent.MemberRemoved;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import io.linkwright.topology.view.Damage;
import io.linkwright.topology.view.GroupRecord;
import io.linkwright.topology.view.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot follow stops its group alone; what is none of ours stops nothing. */
final class LogIntegrityTest {
  private static final String EVENTS = LinkwrightTopics.EVENTS.name();

  @TempDir private Path stateDir;
  private final GroupHistory history = new GroupHistory("backbone");
  private ViewFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ViewFixture(stateDir);
    history.create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC).members("a", "b", "c");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aRepeatedEventChangesNothing() {
    fixture.apply(history);
    fixture.published();
    history.events().forEach(fixture::apply);
    assertThat(fixture.published()).isEmpty();
    assertThat(fixture.view().group(history.id()).members()).isEqualTo(3);
  }

  @Test
  void aGapDamagesItsGroupAndLeavesItAsItStood() {
    fixture.apply(history.events().get(0));
    fixture.apply(history.events().get(2));
    fixture.apply(history.events().get(1));
    GroupRecord group = fixture.view().group(history.id());
    assertThat(group.revision()).isEqualTo(1);
    assertThat(group.damage())
        .hasValue(
            new Damage(
                Damage.Kind.IMPOSSIBLE,
                0,
                1,
                3,
                "MemberAdded, revision 3, cannot follow revision 1: revision 2 is missing"));
    assertThat(fixture.metric("linkwright.topology.damaged.groups")).isEqualTo(1);
    assertThat(fixture.metric("linkwright.topology.events.set.aside")).isEqualTo(1);
  }

  @Test
  void anotherEventAtAKnownRevisionDamagesItsGroup() {
    fixture.apply(history);
    fixture.apply(withId(new UUID(1, 2), history.events().get(1)));
    assertThat(reason())
        .isEqualTo(
            "MemberAdded, revision 2, cannot follow revision 4: a second event at this revision:"
                + " the group is at 4 already");
  }

  @Test
  void anImpossibleEventLeavesNothingHalfDone() {
    history.link("a", "b");
    fixture.apply(history);
    // Takes a member away that has a link: found out after the graph was looked at.
    RecordedEvent last = history.events().getLast();
    fixture.apply(
        new RecordedEvent(
            new UUID(3, 4),
            last.group(),
            last.revision() + 1,
            last.occurredAt(),
            last.actor(),
            last.commandId(),
            new MemberRemoved(new EdgeId("a"))));
    assertThat(reason()).endsWith("a is removed with links");
    assertThat(fixture.view().member(history.id(), new EdgeId("a"))).isPresent();
    assertThat(fixture.view().group(history.id()).members()).isEqualTo(3);
    assertThat(fixture.view().links(history.id(), Page.everything())).hasSize(1);
  }

  @Test
  void aRecoveryEndsTheDamageAndGoesOnAboveWhatWasSetAside() {
    fixture.apply(history.events().get(0));
    fixture.apply(history.events().get(2));
    fixture.apply(event(9, new GroupRecovered(7)));
    assertThat(fixture.view().group(history.id()).damage()).isPresent();

    fixture.apply(event(10, new GroupRecovered(1)));
    GroupRecord group = fixture.view().group(history.id());
    assertThat(group.damage()).isEmpty();
    assertThat(group.revision()).isEqualTo(10);
    assertThat(fixture.metric("linkwright.topology.damaged.groups")).isZero();

    fixture.apply(event(11, history.events().get(1).payload()));
    assertThat(fixture.view().group(history.id()).members()).isEqualTo(1);
    assertThat(fixture.view().log(history.id(), 1, 9).stream().map(Map.Entry::getKey))
        .containsExactly(1L, 10L, 11L);
  }

  @Test
  void anEventWithoutMacDamagesItsGroup() {
    fixture.apply(history);
    fixture.apply(event(5, new MemberRemoved(new EdgeId("c"))), new Header[0]);
    assertThat(reason()).endsWith("it carries no MAC: no writer of ours wrote it");
    fixture.apply(event(6, new GroupRecovered(4)), new Header[0]);
    assertThat(fixture.view().group(history.id()).damage()).isPresent();
    fixture.apply(event(7, new GroupRecovered(4)));
    assertThat(fixture.view().group(history.id()).damage()).isEmpty();
  }

  /** Without the key it cannot tell, and follows; the writer's recovery tells. */
  @Test
  void aRecoveryTakesTheGroupBackFromWhatWasForged() {
    history.link("a", "b");
    fixture.apply(history);
    GroupRecord before = fixture.view().group(history.id());
    fixture.apply(event(6, new GroupEvent.LinkRemoved(LinkId.parse("a~b"))));
    fixture.apply(event(7, new MemberRemoved(new EdgeId("a"))));
    assertThat(fixture.view().group(history.id()).members()).isEqualTo(2);

    fixture.apply(event(9, new GroupRecovered(5)));

    assertThat(fixture.view().group(history.id()))
        .usingRecursiveComparison()
        .ignoringFields("revision")
        .isEqualTo(before);
    assertThat(fixture.view().member(history.id(), new EdgeId("a"))).isPresent();
    assertThat(fixture.view().links(history.id(), Page.everything())).hasSize(1);
    assertThat(fixture.view().damagedGroups()).isEmpty();

    // A forged recovery takes it further back, the writer's next one forth again.
    fixture.apply(event(10, new MemberRemoved(new EdgeId("c"))));
    fixture.apply(event(20, new GroupRecovered(3)));
    assertThat(fixture.view().group(history.id()).members()).isEqualTo(2);
    fixture.apply(event(21, new GroupRecovered(10)));
    GroupRecord after = fixture.view().group(history.id());
    assertThat(after.members()).isEqualTo(2);
    assertThat(after.links()).isEqualTo(1);
    assertThat(after.revision()).isEqualTo(21);
    assertThat(fixture.view().member(history.id(), new EdgeId("c"))).isEmpty();
  }

  private RecordedEvent event(long revision, GroupEvent payload) {
    return new RecordedEvent(
        new UUID(5, revision),
        history.id(),
        revision,
        GroupHistory.START,
        "tester",
        "command-" + revision,
        payload);
  }

  @Test
  void allOtherGroupsGoOn() {
    fixture.apply(history.events().get(1));
    GroupHistory other =
        new GroupHistory("other").create(Topology.MESH, TunnelProtocol.IPSEC).members("a", "b");
    fixture.apply(other);
    assertThat(fixture.view().group(other.id()).revision()).isEqualTo(4);
    assertThat(fixture.view().group(other.id()).damage()).isEmpty();
  }

  @Test
  void anEventOfAnUnknownSchemaDamagesTheGroupOfItsKey() {
    fixture.apply(history);
    fixture.pipeForeign(EVENTS, utf8("backbone"), new byte[] {0, 0, 0, 3, (byte) 0xe8, 1, 2, 3});
    assertThat(fixture.view().group(history.id()).damage())
        .hasValueSatisfying(
            damage -> {
              assertThat(damage.kind()).isEqualTo(Damage.Kind.UNREADABLE);
              assertThat(damage.revision()).isEqualTo(5);
              assertThat(damage.reason()).contains("1000");
            });
  }

  @Test
  void whatIsNoEventOfOursIsPassedOver() {
    fixture.apply(history.events().get(0));
    byte[] event = WireFormat.bundled().events().serializer().serialize(EVENTS, second());
    fixture.pipeForeign(EVENTS, utf8("backbone"), utf8("twenty bytes of text"));
    fixture.pipeForeign(EVENTS, utf8("backbone"), new byte[0]);
    fixture.pipeForeign(EVENTS, utf8("backbone"), null);
    fixture.pipeForeign(EVENTS, null, utf8("no key"));
    fixture.pipeForeign(EVENTS, null, null);
    fixture.pipeForeign(EVENTS, new byte[] {(byte) 0xff, 0, 1}, event);
    fixture.pipeForeign(EVENTS, utf8("another"), event);
    fixture.pipeForeign(EVENTS, utf8("No Slug/at all"), event);
    // Framed as ours, and a text that says it is two gigabytes long.
    fixture.pipeForeign(
        EVENTS,
        utf8("backbone"),
        new byte[] {0, 0, 0, 0, 5, (byte) 0xee, -1, -1, -1, 15, 'x', 'y', 'z'});

    fixture.apply(second());
    assertThat(fixture.view().group(history.id()).revision()).isEqualTo(2);
    assertThat(fixture.view().group(history.id()).damage()).isEmpty();
    assertThat(fixture.metric("linkwright.topology.records.passed.over", "topic", EVENTS))
        .isEqualTo(9);
  }

  private RecordedEvent second() {
    return history.events().get(1);
  }

  private String reason() {
    return fixture.view().group(history.id()).damage().orElseThrow().reason();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RecordedEvent withId(UUID id, RecordedEvent event) {
    return new RecordedEvent(
        id,
        event.group(),
        event.revision(),
        event.occurredAt(),
        event.actor(),
        event.commandId(),
        event.payload());
  }

  @Test
  void aGroupCreatedAgainGoesOnFromWhereItEnded() {
    history.remove("a").delete();
    fixture.apply(history);
    assertThat(fixture.view().group(history.id()).settings()).isEmpty();
    long ended = fixture.view().group(history.id()).revision();
    fixture.apply(history.create(Topology.MESH, TunnelProtocol.IPSEC));
    assertThat(fixture.view().group(history.id()).revision()).isEqualTo(ended + 1);
    assertThat(fixture.view().group(history.id()).settings()).isPresent();
  }
}
