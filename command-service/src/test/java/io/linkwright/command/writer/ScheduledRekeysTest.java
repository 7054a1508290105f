package io.linkwright.command.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of a writer over the log in memory, by a clock that only the test moves. */
final class ScheduledRekeysTest {
  private static final GroupId GROUP = new GroupId("red");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MEMBERS = 5;
  private static final int LINKS = 10;
  private static final Duration STOP_WAIT = Duration.ofSeconds(20);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WriterMetrics metrics = new WriterMetrics(meters);
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final InMemoryEventLog log =
      new InMemoryEventLog(1, _ -> fates.isEmpty() ? Fate.WELL : fates.poll());
  private final Deque<Submission> queue = new ArrayDeque<>();
  private long made;
  private volatile Instant now = START;
  private WriterProtocol protocol = protocol();
  private ScheduledRekeys rekeys = rekeys();

  @BeforeEach
  void createMeshThatIsRekeyedHourly() {
    protocol.claim();
    execute(new GroupCommand.CreateGroup(settings()));
    IntStream.range(0, MEMBERS)
        .forEach(i -> execute(new GroupCommand.AddMember(GROUP, member("m" + i))));
  }

  @Test
  void doesNothingBeforeALinkIsDue() {
    now = START.plus(HOUR.multipliedBy(9).dividedBy(10)).minusMillis(1);
    queue.add(submission("client", rename()));

    assertThat(round()).isFalse();
    assertThat(queue).hasSize(1);
    assertThat(rekeyed()).isEmpty();
  }

  @Test
  void givesEveryLinkThatIsDueNewKeysOnceInBoundedRounds() {
    now = START.plus(HOUR);

    List<Integer> perRound =
        IntStream.range(0, 4)
            .mapToObj(
                _ -> {
                  int before = rekeyed().size();
                  round();
                  now = now.plus(ScheduledRekeys.ROUND);
                  return rekeyed().size() - before;
                })
            .toList();

    assertThat(perRound).containsExactly(4, 4, 2, 0);
    assertThat(rekeyed()).doesNotHaveDuplicates().hasSize(LINKS);
    assertThat(meters.get("linkwright.command.rekeyed.by.age").counter().count()).isEqualTo(LINKS);
  }

  @Test
  void theLogSaysThatNobodyAsked() {
    now = START.plus(HOUR);

    round();

    RecordedEvent last = log.events(0).getLast();
    assertThat(last.actor()).isEqualTo("linkwright");
    assertThat(last.occurredAt()).isEqualTo(now);
    assertThat(last.commandId()).startsWith("auto:");
    assertThat(log.transactions(0).getLast())
        .filteredOn(LogRecord.Configuration.class::isInstance)
        .hasSize(2 * ScheduledRekeys.MAX_LINKS_PER_ROUND);
  }

  @Test
  void roundsKeepTheirDistance() {
    now = START.plus(HOUR);
    round();

    now = now.plus(ScheduledRekeys.ROUND).minusMillis(1);

    assertThat(round()).isFalse();
    assertThat(rekeyed()).hasSize(ScheduledRekeys.MAX_LINKS_PER_ROUND);
  }

  @Test
  void aClockThatIsSetBackStopsNoRounds() {
    now = START.plus(HOUR.multipliedBy(3));
    round();

    now = START.plus(HOUR.multipliedBy(2));

    assertThat(round()).isTrue();
    assertThat(rekeyed()).hasSize(2 * ScheduledRekeys.MAX_LINKS_PER_ROUND);
  }

  @Test
  void clientsCommandsGoWithARound() {
    now = START.plus(HOUR);
    Submission client = submission("client", rename());
    queue.add(client);

    round();

    assertThat(client.answer().getNow(null)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(log.events(0).getLast().commandId()).isEqualTo("client");
  }

  @Test
  void anAbortedRoundIsMadeUpForAfterAPause() {
    now = START.plus(HOUR);
    fates.addAll(List.of(Fate.ABORTED, Fate.ABORTED));
    round();
    now = now.plus(ScheduledRekeys.PAUSE).minusMillis(1);
    boolean early = round();
    now = now.plusMillis(1);

    boolean late = round();

    assertThat(early).isFalse();
    assertThat(late).isTrue();
    assertThat(rekeyed()).hasSize(ScheduledRekeys.MAX_LINKS_PER_ROUND);
  }

  @Test
  void theNextOwnerGoesOnWhereThisOneDied() {
    now = START.plus(HOUR);
    round();
    now = now.plus(ScheduledRekeys.ROUND);
    fates.add(Fate.UNKNOWN_COMMITTED_AT_NEXT_CLAIM);
    round();

    protocol = protocol();
    rekeys = rekeys();
    protocol.claim();
    round();

    assertThat(rekeyed()).doesNotHaveDuplicates().hasSize(LINKS);
  }

  /** The real thread, which nobody has to wake. */
  @Test
  void anIdleWriterLooksByItself() throws InterruptedException {
    now = START.plus(HOUR);
    PartitionWriter writer =
        PartitionWriter.start(
            0,
            protocol(),
            WriterLimits.DEFAULT,
            new ScheduledRekeys(
                () -> {
                  Instant time = now;
                  now = time.plus(ScheduledRekeys.ROUND);
                  return time;
                },
                this::commandId,
                this::seed,
                metrics));
    try {
      Instant giveUp = InstantSource.system().instant().plus(STOP_WAIT);
      while (rekeyed().size() < LINKS && InstantSource.system().instant().isBefore(giveUp)) {
        Thread.sleep(10);
      }
    } finally {
      writer.close();
    }

    assertThat(rekeyed()).hasSize(LINKS);
  }

  private boolean round() {
    return rekeys.write(protocol, () -> Optional.ofNullable(queue.poll()));
  }

  /** The links that were given new keys, as often as they were. */
  private List<String> rekeyed() {
    return log.events(0).stream()
        .filter(event -> event.actor().equals(ScheduledRekeys.ACTOR))
        .map(event -> ((GroupEvent.LinkChanged) event.payload()).link().id().toString())
        .toList();
  }

  private WriterProtocol protocol() {
    return new WriterProtocol(0, log, new PlainConfiguration(), WriterLimits.DEFAULT, metrics);
  }

  private ScheduledRekeys rekeys() {
    return new ScheduledRekeys(() -> now, this::commandId, this::seed, metrics);
  }

  private String commandId() {
    made++;
    return CommandKey.MADE_PREFIX + made;
  }

  private KeySeed seed() {
    made++;
    return new KeySeed(ByteBuffer.allocate(KeySeed.LENGTH_BYTES).putLong(made).array());
  }

  private void execute(GroupCommand command) {
    Submission submission = submission(commandId(), command);
    protocol.write(submission, Optional::empty);
    protocol.finish();
    assertThat(submission.answer().getNow(null)).isInstanceOf(CommandAnswer.Done.class);
  }

  private Submission submission(String key, GroupCommand command) {
    return new Submission(
        new CommandEnvelope(command, key, "test", START, OptionalLong.empty(), seed()),
        Submission.Mode.EXECUTE);
  }

  private static GroupCommand rename() {
    return new GroupCommand.ChangeGroup(
        GROUP, Optional.of("Crimson"), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static NewMember member(String edge) {
    return new NewMember(
        new EdgeId(edge),
        edge,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.of(
            new MemberKeys(
                key(edge, 1, MemberKeys.IDENTITY_LENGTH_BYTES),
                key(edge, 2, MemberKeys.SEALING_LENGTH_BYTES),
                List.of())));
  }

  /** Not a real key, but of the right form. */
  private static PublicKey key(String edge, int purpose, int lengthBytes) {
    return PublicKey.ofBytes(
        ByteBuffer.allocate(lengthBytes).putInt(edge.hashCode()).putInt(purpose).array());
  }

  private static GroupSettings settings() {
    return new GroupSettings(
        GROUP,
        "Red",
        Topology.MESH,
        TunnelProtocol.IPSEC,
        false,
        Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL,
        Optional.of(new RekeyInterval(HOUR)));
  }
}
