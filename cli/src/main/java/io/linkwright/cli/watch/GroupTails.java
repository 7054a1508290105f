package io.linkwright.cli.watch;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.EventStream;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.httpapi.client.ServerEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Follows the changes of many groups, a connection and a thread for each; the consumer is called
 * from all of them. Owned by one thread, which is told when one of them fails.
 */
public final class GroupTails implements AutoCloseable {
  /** Of the 1,000 streams a server has. */
  static final int MAX_GROUPS = 200;

  /** How soon a new group is found. */
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);

  private static final Optional<Long> FROM_ITS_BEGINNING = Optional.of(0L);

  private final LinkwrightApi api;
  private final BiConsumer<GroupId, ServerEvent> consumer;
  private final Map<GroupId, Thread> threads = new HashMap<>();
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  /** There are more groups than can be followed; the message says what to do. */
  public static final class TooManyGroupsException extends RuntimeException {
    private TooManyGroupsException() {
      super("more than %d groups cannot be followed: name those you want".formatted(MAX_GROUPS));
    }
  }

  /** Nothing is followed yet. */
  public GroupTails(LinkwrightApi api, BiConsumer<GroupId, ServerEvent> consumer) {
    this.api = api;
    this.consumer = consumer;
  }

  /**
   * Follows these groups, each after its revision, or with what is new, until the thread is
   * interrupted.
   *
   * @throws ApiException if the server refuses one of them, or does not answer the first time
   * @throws TooManyGroupsException if they are more than {@link #MAX_GROUPS}
   */
  public void follow(Map<GroupId, Optional<Long>> starts) {
    starts.forEach(this::start);
    while (waitFor(LOOK_INTERVAL)) {
      // Nothing to do but to be told of failures.
    }
  }

  /**
   * Follows all groups that are there, and from their beginning those that come, until the thread
   * is interrupted.
   *
   * @throws ApiException if the server refuses, or does not answer the first time
   * @throws TooManyGroupsException if they are more than {@link #MAX_GROUPS}
   */
  public void followAll(Optional<Long> after) {
    look(after);
    while (waitFor(LOOK_INTERVAL)) {
      try {
        look(FROM_ITS_BEGINNING);
      } catch (ApiException.Interrupted told) {
        return;
      } catch (ApiException failed) {
        if (!failed.isPassing()) {
          throw failed;
        }
        // The streams come back by themselves, and so does this question.
      }
    }
  }

  private void look(Optional<Long> after) {
    GroupPage groups = Pages.all(api, ApiPaths.GROUPS, GroupPage.ITEMS, GroupPage.class).value();
    for (GroupAnswer group : groups.items()) {
      GroupId id = group.id();
      if (!threads.containsKey(id)) {
        start(id, after);
      }
    }
  }

  private void start(GroupId group, Optional<Long> after) {
    if (threads.size() >= MAX_GROUPS) {
      throw new TooManyGroupsException();
    }
    threads.put(group, Thread.startVirtualThread(() -> run(group, after)));
  }

  private void run(GroupId group, Optional<Long> after) {
    ApiQuery changes = ApiQuery.of(ApiPaths.at(ApiPaths.CHANGES, group));
    ApiQuery asked = after.map(revision -> changes.with(ApiQuery.AFTER, revision)).orElse(changes);
    try {
      new EventStream(api, asked.toString()).follow(event -> consumer.accept(group, event));
    } catch (RuntimeException ended) {
      // The owner tells what it was; after an interrupt nobody listens any more.
      failed.completeExceptionally(ended);
    }
  }

  /** Whether to go on; the interrupt that ends it is cleared, so that closing can wait. */
  private boolean waitFor(Duration time) {
    try {
      failed.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException quiet) {
      return true;
    } catch (InterruptedException told) {
      return false;
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case RuntimeException cause -> throw cause;
        case Throwable other -> throw new IllegalStateException("a stream failed", other);
      }
    }
  }

  @Override
  public void close() {
    threads.values().forEach(Thread::interrupt);
  }
}
