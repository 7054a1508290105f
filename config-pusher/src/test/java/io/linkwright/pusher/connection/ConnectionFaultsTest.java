package io.linkwright.pusher.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.pusher.delivery.CloseReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A connection ends, breaks or is replaced at every step of a delivery, in every way. The feed's
 * thread comes back each time, no other edge misses anything, and the edge itself is served again
 * when it connects again.
 */
class ConnectionFaultsTest {
  /** Far longer than any step takes: one that does not come back has spun or waits for ever. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Wire calls of a whole delivery: challenge, trust, configuration, one for each change. */
  private static final int STEPS = 7;

  private static final int SEEDS = 8;
  private static final EdgeId EDGE = TestWires.EDGES.getFirst();
  private static final EdgeId OTHER = TestWires.EDGES.get(1);

  /** What may go wrong while the wire is called. */
  enum Fault {
    WIRE_GONE {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wire.connection().closed();
      }
    },
    WIRE_THROWS {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        throw new IllegalStateException("simulated");
      }
    },
    CLOSE_THROWS_TOO {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wire.breaks();
        throw new IllegalStateException("simulated");
      }
    },
    ENDED_FROM_HERE {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wire.connection().end(CloseReason.NO_ANSWER);
      }
    },
    REPLACED {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wires.connect(wire.edge());
      }
    },
    PROTOCOL_ERROR {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wire.connection().received("no json");
      }
    },
    STORE_READ_ANEW {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wires.connections().outdated();
      }
    },
    SESSION_FAILS {
      @Override
      void happen(TestWires wires, TestWires.Wire wire) {
        wires.storeFails(wire.edge());
      }
    };

    abstract void happen(TestWires wires, TestWires.Wire wire);
  }

  @TestFactory
  Stream<DynamicTest> aFaultAtAnyStepConcernsItsOwnEdgeOnly() {
    return Arrays.stream(Fault.values())
        .flatMap(
            fault ->
                IntStream.rangeClosed(1, STEPS)
                    .mapToObj(
                        step ->
                            DynamicTest.dynamicTest(
                                "%s at step %d".formatted(fault, step),
                                () ->
                                    assertTimeoutPreemptively(DEADLINE, () -> run(fault, step)))));
  }

  private static void run(Fault fault, int step) throws Exception {
    try (TestWires wires = new TestWires()) {
      TestWires.Wire other = wires.connect(OTHER);
      wires.connectFaulty(EDGE, step, wire -> fault.happen(wires, wire));
      for (int change = 0; change < STEPS; change++) {
        wires.change();
      }

      wires.storeWorks();
      if (fault == Fault.STORE_READ_ANEW) {
        other = wires.connect(OTHER);
      }
      TestWires.Wire again = wires.connect(EDGE);
      wires.change();

      wires.awaitCurrent(again);
      wires.awaitCurrent(other);
      assertThat(wires.edgesConnected()).isEqualTo(2);
      wires.closeAll();
      assertThat(wires.edgesConnected()).isZero();
      assertThat(wires.outstanding()).isZero();
    }
  }

  /** The fault that was seen: what came for a connection that had just ended was never taken. */
  @Test
  void aChangeForAConnectionThatHasEndedIsNotKept() {
    assertTimeoutPreemptively(
        DEADLINE,
        () -> {
          try (TestWires wires = new TestWires()) {
            TestWires.Wire wire = wires.connect(EDGE);
            wire.connection().end(CloseReason.REPLACED);

            wire.connection().changed(List.of(wires.anyChange(EDGE)));

            assertThat(wire.connection().isEnded()).isTrue();
          }
        });
  }

  @Test
  void aConnectionWhoseTurnNeverEndsIsDroppedAndHoldsNobody() {
    assertTimeoutPreemptively(
        DEADLINE,
        () -> {
          CountDownLatch never = new CountDownLatch(1);
          CountDownLatch hangs = new CountDownLatch(1);
          try (TestWires wires = new TestWires()) {
            TestWires.Wire other = wires.connect(OTHER);
            // The third call of the wire is the first configuration.
            Thread hung =
                Thread.ofVirtual()
                    .start(
                        () ->
                            wires.connectFaulty(
                                EDGE,
                                3,
                                _ -> {
                                  hangs.countDown();
                                  awaitUninterrupted(never);
                                }));
            hangs.await();

            wires.change();
            wires.awaitCurrent(other);
            wires
                .faulty()
                .connection()
                .tick(System.nanoTime() + ConnectedEdge.STUCK_AFTER.toNanos());

            assertThat(wires.faulty().isAborted()).isTrue();
            assertThat(wires.edgesConnected()).isEqualTo(1);
            TestWires.Wire again = wires.connect(EDGE);
            wires.awaitCurrent(again);
            never.countDown();
            hung.join();
          }
        });
  }

  /** All that may happen to connections at once, from threads of their own. */
  @TestFactory
  Stream<DynamicTest> nothingThatHappensAtOnceStopsTheFeed() {
    return IntStream.range(0, SEEDS)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed, () -> assertTimeoutPreemptively(DEADLINE, () -> race(seed))));
  }

  private static void race(int seed) throws Exception {
    try (TestWires wires = new TestWires()) {
      AtomicInteger running = new AtomicInteger(TestWires.EDGES.size());
      List<Thread> edges =
          TestWires.EDGES.stream()
              .map(
                  edge ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                live(wires, edge, new Random(seed * 31L + edge.hashCode()));
                                running.decrementAndGet();
                              }))
              .toList();
      while (running.get() > 0) {
        wires.change();
        wires.tick();
      }
      for (Thread edge : edges) {
        edge.join();
      }

      List<TestWires.Wire> again = TestWires.EDGES.stream().map(wires::connect).toList();
      wires.change();

      for (TestWires.Wire wire : again) {
        wires.awaitCurrent(wire);
      }
      assertThat(wires.edgesConnected()).isEqualTo(TestWires.EDGES.size());
    }
  }

  private static void live(TestWires wires, EdgeId edge, Random random) {
    for (int i = 0; i < 30; i++) {
      Fault[] faults = {
        Fault.WIRE_GONE,
        Fault.WIRE_THROWS,
        Fault.CLOSE_THROWS_TOO,
        Fault.ENDED_FROM_HERE,
        Fault.REPLACED,
        Fault.PROTOCOL_ERROR
      };
      Fault fault = faults[random.nextInt(faults.length)];
      wires.connectFaulty(edge, 1 + random.nextInt(STEPS), wire -> fault.happen(wires, wire));
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
