package io.linkwright.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linkwright.domain.delivery.EdgeStatus.ConnectionWord;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeStatusTest {
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final LinkId OWN = LinkId.parse("denver~seattle");
  private static final LinkId FOREIGN = LinkId.parse("seattle~sunnyvale");

  @Test
  void takesNoRevisionThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> acknowledged(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> acknowledged(Long.MAX_VALUE));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyChange(OWN, -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyChange(OWN, 0, Long.MIN_VALUE));
    assertThat(acknowledged(Revision.MAX).acknowledgedRevision()).isEqualTo(Revision.MAX);
  }

  @Test
  void takesNoTunnelThatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TunnelStatus(OWN, 2, TunnelState.UP));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TunnelStatus(OWN, -1, TunnelState.UP));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(List.of(new TunnelStatus(FOREIGN, 0, TunnelState.UP))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                with(
                    List.of(
                        new TunnelStatus(OWN, 0, TunnelState.UP),
                        new TunnelStatus(OWN, 0, TunnelState.DOWN))))
        .withMessageContaining("twice");
  }

  @Test
  void showsTextsOfDevicesPlainAndBounded() {
    assertThat(failed("line\none\u202Etwo\u0000\uD800").lastError())
        .contains("line\uFFFDone\uFFFDtwo\uFFFD\uFFFD");
    assertThat(failed("é漢🙂").lastError()).contains("é漢🙂");
    assertThat(failed("🙂".repeat(1_000)).lastError().orElseThrow())
        .hasSize(EdgeStatus.MAX_ERROR_LENGTH)
        .endsWith("🙂");
    assertThat(new LinkProblem(OWN, "a\u2066b").text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void countsAfterNothing() {
    assertThat(acknowledged(1).counts(Optional.empty())).isTrue();
  }

  @Test
  void countsWhileItsConnectionIsTheCurrentOne() {
    assertThat(acknowledged(1).counts(word("own", true))).isTrue();
    assertThat(acknowledged(1).counts(word("other", true))).isFalse();
  }

  @Test
  void countsOfAnyConnectionWhenTheCurrentOneHasEnded() {
    assertThat(acknowledged(1).counts(word("other", false))).isTrue();
  }

  @Test
  void takesOverWhenItOpensItsConnection() {
    assertThat(acknowledged(1).opening().counts(word("other", true))).isTrue();
  }

  private static Optional<ConnectionWord> word(String connection, boolean connected) {
    return Optional.of(new ConnectionWord(connection, connected));
  }

  private static EdgeStatus acknowledged(long revision) {
    return status(revision, Optional.empty(), List.of());
  }

  private static EdgeStatus with(List<TunnelStatus> tunnels) {
    return status(1, Optional.empty(), tunnels);
  }

  private static EdgeStatus failed(String error) {
    return status(1, Optional.of(error), List.of());
  }

  private static EdgeStatus status(
      long revision, Optional<String> error, List<TunnelStatus> tunnels) {
    return new EdgeStatus(
        new GroupId("abilene"),
        DENVER,
        "own",
        Instant.EPOCH,
        true,
        revision,
        error,
        tunnels,
        Instant.EPOCH);
  }
}
