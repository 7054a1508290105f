package io.linkwright.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.console.api.ApiClient;
import io.linkwright.console.api.ApiException;
import io.linkwright.console.api.Page;
import io.linkwright.console.api.Services;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SharedGroupsTest {
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  /** Nobody listens on port 1 (tcpmux). */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private final SharedGroups groups = new SharedGroups(this::answer, nanoTime::get);
  private Duration answerTime = Duration.ZERO;
  private boolean away;

  @Test
  void whoLooksAtTheSameTimeSharesAnAnswer() {
    look();
    pass(SharedGroups.FRESH.minus(A_MOMENT));
    look();
    assertThat(asked).hasValue(1);

    pass(A_MOMENT);
    look();
    assertThat(asked).hasValue(2);
  }

  @Test
  void pagesThatBeginElsewhereAreAskedForThemselves() {
    look();
    groups.after(Optional.of("west"));

    assertThat(asked).hasValue(2);
  }

  @Test
  void aSlowAnswerIsGoodForAsLongAsItTook() {
    answerTime = Duration.ofSeconds(2);
    look();
    pass(answerTime.minus(A_MOMENT));
    look();
    assertThat(asked).hasValue(1);

    pass(A_MOMENT);
    look();
    assertThat(asked).hasValue(2);
  }

  @Test
  void servicesThatAreAwayAreAskedLessAndLessOftenAndEverybodyIsTold() {
    away = true;
    Duration retry = SharedGroups.FIRST_RETRY;
    for (int times = 1; times <= 6; times++) {
      lookInVain();
      pass(retry.minus(A_MOMENT));
      lookInVain();
      assertThat(asked).hasValue(times);
      pass(A_MOMENT);
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(SharedGroups.MAX_RETRY) < 0 ? doubled : SharedGroups.MAX_RETRY;
    }
    assertThat(retry).isEqualTo(SharedGroups.MAX_RETRY);
  }

  @Test
  void servicesThatCameBackAreAskedAsBefore() {
    away = true;
    lookInVain();
    pass(SharedGroups.FIRST_RETRY);
    lookInVain();
    away = false;
    pass(SharedGroups.FIRST_RETRY.multipliedBy(2));
    look();
    away = true;
    pass(SharedGroups.FRESH);
    lookInVain();
    pass(SharedGroups.FIRST_RETRY);
    lookInVain();

    assertThat(asked).hasValue(5);
  }

  private void look() {
    assertThat(groups.after(Optional.empty()).items()).isEmpty();
  }

  private void lookInVain() {
    assertThatThrownBy(() -> groups.after(Optional.empty()))
        .isInstanceOf(ApiException.Unreachable.class);
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  private Page<GroupAnswer> answer(Optional<String> after) {
    asked.incrementAndGet();
    pass(answerTime);
    if (away) {
      try (ApiClient client = new ApiClient(new Services(NOWHERE, NOWHERE), Optional.empty())) {
        var _ = client.get(ApiPaths.GROUPS, GroupPage.class);
      }
    }
    return new Page<>(List.of(), Optional.empty());
  }
}
