package io.linkwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SerialExecutorTest {
  private static final int TASKS = 2_000;
  private static final int THREADS = 4;

  @Test
  void tasksOfOneCallerRunInOrderAndNeverTwoAtOnce() throws Exception {
    List<Integer> ran = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(THREADS * TASKS);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      SerialExecutor serial = new SerialExecutor(threads, _ -> {});
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        int base = caller * TASKS;
        callers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < TASKS; i++) {
                    int number = base + i;
                    Runnable task =
                        () -> {
                          ran.add(number);
                          done.countDown();
                        };
                    if (i % 2 == 0) {
                      serial.execute(task);
                    } else {
                      serial.executeHere(task);
                    }
                  }
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(ran).hasSize(THREADS * TASKS);
    for (int caller = 0; caller < THREADS; caller++) {
      int base = caller * TASKS;
      assertThat(ran.stream().filter(number -> number / TASKS == base / TASKS)).isSorted();
    }
  }

  @Test
  void aTaskThatThrowsDoesNotStopTheOthers() {
    List<String> ran = new ArrayList<>();
    SerialExecutor serial =
        new SerialExecutor(Runnable::run, failure -> ran.add(failure.getMessage()));

    serial.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    serial.execute(() -> ran.add("whole"));

    assertThat(ran).containsExactly("broken", "whole");
  }
}
