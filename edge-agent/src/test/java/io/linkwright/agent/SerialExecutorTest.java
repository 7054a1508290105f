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
      SerialExecutor serial = new SerialExecutor(threads, told(new ArrayList<>()));
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        int base = caller * TASKS;
        callers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < TASKS; i++) {
                    int number = base + i;
                    serial.execute(
                        () -> {
                          ran.add(number);
                          done.countDown();
                        });
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
    SerialExecutor serial = new SerialExecutor(Runnable::run, told(ran));

    serial.execute(
        () -> {
          throw new IllegalStateException("bug");
        });
    serial.execute(
        () -> {
          throw new OutOfMemoryError("heap");
        });
    serial.execute(() -> ran.add("whole"));

    assertThat(ran).containsExactly("failed bug", "broken heap", "whole");
    assertThat(serial.isBusy()).isFalse();
  }

  @Test
  void whatIsToldOfFailuresMayFailItself() {
    List<String> ran = new ArrayList<>();
    SerialExecutor serial =
        new SerialExecutor(
            Runnable::run,
            new SerialExecutor.Failures() {
              @Override
              public void failed(RuntimeException bug) {
                throw new IllegalStateException("failing too", bug);
              }

              @Override
              public void broken(Throwable cause) {
                ran.add("broken " + cause.getMessage());
                throw new StackOverflowError("and again");
              }
            });

    serial.execute(
        () -> {
          throw new IllegalStateException("bug");
        });
    serial.execute(() -> ran.add("whole"));

    assertThat(ran).containsExactly("broken failing too", "whole");
  }

  @Test
  void aTaskForWhichThereIsNoThreadRunsOnTheCallers() {
    List<String> ran = new ArrayList<>();
    SerialExecutor serial =
        new SerialExecutor(
            _ -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            told(ran));

    serial.execute(() -> ran.add("first"));
    serial.execute(() -> ran.add("second"));

    assertThat(ran).containsExactly("first", "second");
  }

  private static SerialExecutor.Failures told(List<String> what) {
    return new SerialExecutor.Failures() {
      @Override
      public void failed(RuntimeException bug) {
        what.add("failed " + bug.getMessage());
      }

      @Override
      public void broken(Throwable cause) {
        what.add("broken " + cause.getMessage());
      }
    };
  }
}
