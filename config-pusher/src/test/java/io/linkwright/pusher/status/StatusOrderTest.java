package io.linkwright.pusher.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.delivery.EdgeStatus.ConnectionWord;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An edge moves between pushers whose clocks say anything, while reports of its former connections
 * come late, and the topic is compacted. In the end every reader, whenever it began to read, takes
 * the word of the one connection that is left.
 */
class StatusOrderTest {
  private static final int SEEDS = 2_000;
  private static final int STEPS = 60;
  private static final int PUSHERS = 3;
  private static final int MAX_QUIET_ROUNDS = 100;

  @TestFactory
  Stream<DynamicTest> everyReaderTakesTheWordOfTheConnectionThatIsLeft() {
    return IntStream.range(0, SEEDS / 100)
        .mapToObj(
            hundred ->
                DynamicTest.dynamicTest(
                    "seeds from " + hundred * 100,
                    () ->
                        IntStream.range(hundred * 100, hundred * 100 + 100)
                            .forEach(seed -> new Run(seed).run())));
  }

  /** A connection at a pusher, and what it has yet to write. */
  private static final class Connection {
    private final String id;
    private final Instant clock;
    private final Deque<EdgeStatus> unwritten = new ArrayDeque<>();
    private boolean open = true;
    private boolean edgeIsThere = true;

    private Connection(String id, Instant clock) {
      this.id = id;
      this.clock = clock;
    }
  }

  private static final class Pusher {
    private KnownPeers known = new KnownPeers();
    private Optional<Connection> held = Optional.empty();
    private int position;
  }

  private static final class Run {
    private static final GroupId GROUP = new GroupId("abilene");
    private static final EdgeId EDGE = new EdgeId("denver");

    private final int seed;
    private final Random random;
    private final List<EdgeStatus> topic = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private int compactedTo;
    private final List<Pusher> pushers =
        IntStream.range(0, PUSHERS).mapToObj(_ -> new Pusher()).toList();

    private Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      settle();
      Connection left =
          pushers.stream().flatMap(pusher -> pusher.held.stream()).findFirst().orElseThrow();
      ConnectionWord expected = new ConnectionWord(left.id, true);
      assertThat(fold(compactedTo))
          .as("seed %d, a reader from the beginning", seed)
          .isEqualTo(expected);
      // A reader of a topic that was compacted up to anywhere: only the last record before is left.
      for (int from = compactedTo; from < topic.size(); from++) {
        assertThat(fold(from)).as("seed %d, compacted to %d", seed, from).isEqualTo(expected);
      }
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0 -> connect();
        case 1, 2 -> anyUnwritten().ifPresent(this::write);
        case 3 -> anyPusher().held.ifPresent(connection -> report(connection, false));
        case 4, 5 -> read(anyPusher(), 1 + random.nextInt(3));
        case 6 -> wireBreaks();
        default -> restartReading(anyPusher());
      }
    }

    /** The edge leaves the connection it had; that one's pusher notices sooner or later. */
    private void connect() {
      connections.forEach(former -> former.edgeIsThere = false);
      Pusher pusher = anyPusher();
      pusher.held.ifPresent(this::end);
      Instant anyTime = Instant.ofEpochSecond(random.nextInt(1_000_000));
      Connection connection = new Connection("connection-" + connections.size(), anyTime);
      connections.add(connection);
      pusher.held = Optional.of(connection);
      report(connection, true);
    }

    private void report(Connection connection, boolean opens) {
      EdgeStatus report =
          new EdgeStatus(
              GROUP,
              EDGE,
              connection.id,
              connection.clock,
              connection.open,
              7,
              Optional.empty(),
              List.of(),
              connection.clock.plusSeconds(random.nextInt(100) - 50));
      connection.unwritten.add(opens ? report.opening() : report);
    }

    private void end(Connection connection) {
      connection.open = false;
      if (random.nextBoolean()) {
        report(connection, false);
      }
      pushers.forEach(
          pusher -> pusher.held = pusher.held.filter(held -> !held.id.equals(connection.id)));
    }

    private void wireBreaks() {
      anyPusher().held.filter(held -> !held.edgeIsThere).ifPresent(this::end);
    }

    private void restartReading(Pusher pusher) {
      pusher.known = new KnownPeers();
      // The last record before stays: it is the newest of its key.
      compactedTo += random.nextInt(1 + Math.max(0, topic.size() - 1 - compactedTo));
      pusher.position = compactedTo;
    }

    private Optional<Connection> anyUnwritten() {
      List<Connection> waiting =
          connections.stream().filter(connection -> !connection.unwritten.isEmpty()).toList();
      return waiting.isEmpty()
          ? Optional.empty()
          : Optional.of(waiting.get(random.nextInt(waiting.size())));
    }

    private void write(Connection connection) {
      topic.add(connection.unwritten.remove());
    }

    private void read(Pusher pusher, int records) {
      for (int i = 0; i < records && pusher.position < topic.size(); i++) {
        EdgeStatus status = topic.get(pusher.position++);
        switch (pusher.known.heard(status)) {
          case KnownPeers.Heard.Current() -> {}
          case KnownPeers.Heard.Opened(Optional<String> before) ->
              pusher
                  .held
                  .filter(held -> before.filter(held.id::equals).isPresent())
                  .ifPresent(this::end);
          case KnownPeers.Heard.Late(String current) ->
              pusher
                  .held
                  .filter(held -> held.id.equals(current) || held.id.equals(status.connectionId()))
                  .ifPresent(held -> report(held, true));
        }
      }
    }

    /** The edge stays, and connects again when its connection ends. All that waits is written. */
    private void settle() {
      for (int round = 0; round < MAX_QUIET_ROUNDS; round++) {
        boolean quiet = true;
        Optional<Connection> there =
            pushers.stream()
                .flatMap(pusher -> pusher.held.stream())
                .filter(held -> held.edgeIsThere)
                .findFirst();
        if (there.isEmpty()) {
          connect();
          quiet = false;
        }
        for (Optional<Connection> any = anyUnwritten(); any.isPresent(); any = anyUnwritten()) {
          write(any.get());
          quiet = false;
        }
        for (Pusher pusher : pushers) {
          quiet &= pusher.position == topic.size();
          read(pusher, Integer.MAX_VALUE);
          pusher.held.filter(held -> !held.edgeIsThere).ifPresent(this::end);
        }
        if (quiet) {
          // A last word of each: a connection that is open goes on reporting.
          pushers.forEach(pusher -> pusher.held.ifPresent(held -> report(held, false)));
          if (round > 0 && isSettled()) {
            return;
          }
        }
      }
      throw new AssertionError("seed %d: not quiet".formatted(seed));
    }

    private boolean isSettled() {
      for (Optional<Connection> any = anyUnwritten(); any.isPresent(); any = anyUnwritten()) {
        write(any.get());
      }
      int before = topic.size();
      pushers.forEach(pusher -> read(pusher, Integer.MAX_VALUE));
      return anyUnwritten().isEmpty() && topic.size() == before;
    }

    private ConnectionWord fold(int from) {
      Optional<ConnectionWord> current = Optional.empty();
      for (EdgeStatus next : topic.subList(from, topic.size())) {
        if (next.counts(current)) {
          current = Optional.of(next.word());
        }
      }
      return current.orElseThrow();
    }

    private Pusher anyPusher() {
      return pushers.get(random.nextInt(PUSHERS));
    }
  }
}
