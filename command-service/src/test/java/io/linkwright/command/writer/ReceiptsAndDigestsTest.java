package io.linkwright.command.writer;

import static io.linkwright.command.writer.GroupCommands.GROUP;
import static io.linkwright.command.writer.GroupCommands.answer;
import static io.linkwright.command.writer.GroupCommands.execute;
import static io.linkwright.command.writer.GroupCommands.link;
import static io.linkwright.command.writer.GroupCommands.member;
import static io.linkwright.command.writer.GroupCommands.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.writer.Receipt.LinkChanges;
import io.linkwright.command.writer.Receipt.Subject;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a key that comes again is answered, and how much is remembered for it. */
final class ReceiptsAndDigestsTest {
  private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");

  private final InMemoryEventLog log = InMemoryEventLog.reliable(1);
  private WriterProtocol writer = claimed();

  private WriterProtocol claimed() {
    WriterProtocol claimed =
        new WriterProtocol(
            0,
            log,
            new PlainConfiguration(),
            WriterLimits.DEFAULT,
            new WriterMetrics(new SimpleMeterRegistry()));
    claimed.claim();
    return claimed;
  }

  private CommandAnswer written(Submission submission) {
    writer.write(submission, Optional::empty);
    writer.finish();
    return answer(submission);
  }

  private static GroupCommand renamed(String edge, String name) {
    return new GroupCommand.ChangeMember(
        GROUP,
        new EdgeId(edge),
        new MemberChange(
            Optional.of(name),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** Guessing from events took both for the same: each changed the member. */
  @Test
  void aKeyWithAnotherBodyOfTheSameKindIsRefusedAlsoByTheNextOwner() {
    written(execute("create", new GroupCommand.CreateGroup(settings())));
    written(execute("add", new GroupCommand.AddMember(GROUP, member("a"))));
    written(execute("k", renamed("a", "One")));

    assertThat(written(execute("k", renamed("a", "Two"))))
        .isInstanceOf(CommandAnswer.KeyReused.class);
    writer = claimed();
    assertThat(written(execute("k", renamed("a", "Two"))))
        .isInstanceOf(CommandAnswer.KeyReused.class);
    assertThat(written(execute("k", renamed("a", "One")))).isInstanceOf(CommandAnswer.Done.class);
  }

  @Test
  void aKeyOfAFormerVersionIsFoundAsItStandsOnTheLogAndNoOther() {
    RecordedEvent former =
        new RecordedEvent(
            new UUID(1, 1),
            GROUP,
            1,
            Instant.EPOCH,
            "ops",
            "raw",
            new GroupEvent.GroupCreated(settings()));
    log.former(0, former);
    writer = claimed();
    GroupCommand create = new GroupCommand.CreateGroup(settings());

    assertThat(written(named("key:1", create, "raw"))).isInstanceOf(CommandAnswer.Done.class);

    written(execute("add-a", new GroupCommand.AddMember(GROUP, member("a"))));
    assertThat(written(named("key:2", new GroupCommand.AddMember(GROUP, member("a")), "add-a")))
        .as("a name that somebody read on the log is no key")
        .isInstanceOf(CommandAnswer.Refused.class);
  }

  private static Submission named(String id, GroupCommand command, String clientKey) {
    Submission plain = execute(id, command);
    return new Submission(plain.envelope(), plain.mode(), Optional.of(clientKey));
  }

  @Test
  void largeReceiptsMakeRoomInBytesAndTheLatestIsKept() {
    ReceiptWindow window = new ReceiptWindow(1_000, 100_000, Duration.ZERO);

    for (int i = 0; i < 100; i++) {
      window.put(new CommandKey(GROUP, "k" + i), receiptOf(1_000));
    }

    assertThat(window.find(new CommandKey(GROUP, "k99"))).isPresent();
    assertThat(window.find(new CommandKey(GROUP, "k98"))).isEmpty();
    for (int i = 0; i < 50; i++) {
      window.put(new CommandKey(GROUP, "small" + i), receiptOf(1));
    }
    assertThat(window.find(new CommandKey(GROUP, "small0"))).isPresent();
    assertThat(window.find(new CommandKey(GROUP, "k99"))).isEmpty();
  }

  @Test
  void youngReceiptsMayTakeAsMuchAgain() {
    ReceiptWindow window = new ReceiptWindow(10, 1L << 20, Duration.ofMinutes(10));

    for (int i = 0; i < 30; i++) {
      window.put(new CommandKey(GROUP, "young" + i), receiptOf(1));
    }
    assertThat(window.find(new CommandKey(GROUP, "young9"))).isEmpty();
    assertThat(window.find(new CommandKey(GROUP, "young10"))).isPresent();

    window.put(new CommandKey(GROUP, "later"), receiptOf(1, AT.plus(Duration.ofMinutes(10))));
    assertThat(window.find(new CommandKey(GROUP, "young20"))).isEmpty();
    assertThat(window.find(new CommandKey(GROUP, "young21"))).isPresent();
  }

  private static Receipt receiptOf(int links) {
    return receiptOf(links, AT);
  }

  private static Receipt receiptOf(int links, Instant at) {
    List<LinkId> changed =
        IntStream.range(0, links).mapToObj(i -> LinkId.parse("a~b" + i)).toList();
    return new Receipt(
        7,
        at,
        Optional.empty(),
        new Subject.Links(),
        new LinkChanges(changed, List.of(), List.of()),
        Receipt.Recipients.NONE,
        List.of());
  }

  @Test
  void severalCommandsUnderOneKeyAreAnsweredByTheNextOwnerAsByTheFirst() {
    GroupCommand all =
        new GroupCommand.ChangeContents(
            GROUP,
            List.of(
                new GroupCommand.CreateGroup(settings()),
                new GroupCommand.AddMember(GROUP, member("a"), Optional.of(invitation())),
                new GroupCommand.AddMember(GROUP, member("b"), Optional.of(invitation())),
                new GroupCommand.AddLink(GROUP, new EdgePair(new EdgeId("a"), new EdgeId("b"))),
                new GroupCommand.RemoveMember(GROUP, new EdgeId("b"))));
    CommandAnswer first = written(execute("k", all));

    writer = claimed();
    CommandAnswer again = written(execute("k", all));

    assertThat(again).isEqualTo(first);
    Receipt receipt = ((CommandAnswer.Done) again).receipt();
    assertThat(receipt.revision()).isEqualTo(6);
    assertThat(receipt.links().added()).isEqualTo(receipt.links().removed()).hasSize(1);
    assertThat(receipt.invitees())
        .extracting(Receipt.Invitee::edge)
        .containsExactly(new EdgeId("a"));
    assertThat(receipt.sizeBytes())
        .isGreaterThan(receiptOf(2).sizeBytes())
        .isLessThan(receiptOf(10).sizeBytes());
    assertThat(written(execute("k", renamed("a", "A"))))
        .isInstanceOf(CommandAnswer.KeyReused.class);
  }

  private static Invitation invitation() {
    return new Invitation(
        EnrollmentToken.of("0".repeat(16), new byte[EnrollmentToken.SECRET_BYTES]).hash(),
        Invitation.DEFAULT_TIME_TO_LIVE);
  }

  @Test
  void linksInEitherOrderAreTheSameCommand() {
    written(execute("create", new GroupCommand.CreateGroup(settings())));
    for (String edge : List.of("a", "b")) {
      written(execute("add-" + edge, new GroupCommand.AddMember(GROUP, member(edge))));
    }
    CommandAnswer first = written(execute("k", link("a", "b")));

    assertThat(written(execute("k", link("b", "a")))).isEqualTo(first);
  }
}
