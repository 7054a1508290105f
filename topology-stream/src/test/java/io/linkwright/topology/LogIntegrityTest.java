package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.RecordedEvent;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.topology.view.DamagedLogException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions are dense: what was seen is dropped, what is missing stops the stream. */
final class LogIntegrityTest {
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
  void aGapStopsTheStreamAndNamesWhatIsMissing() {
    fixture.apply(history.events().get(0));
    assertThatThrownBy(() -> fixture.apply(history.events().get(2)))
        .rootCause()
        .isInstanceOf(DamagedLogException.class)
        .hasMessage("group backbone goes from revision 1 to 3: events are missing on the log");
    assertThat(fixture.view().group(history.id()).revision()).isEqualTo(1);
  }

  @Test
  void anotherEventAtAKnownRevisionStopsTheStream() {
    fixture.apply(history);
    RecordedEvent second = history.events().get(1);
    RecordedEvent rival =
        new RecordedEvent(
            new UUID(1, 2),
            second.group(),
            second.revision(),
            second.occurredAt(),
            second.actor(),
            second.commandId(),
            second.payload());
    assertThatThrownBy(() -> fixture.apply(rival))
        .rootCause()
        .isInstanceOf(DamagedLogException.class)
        .hasMessage("group backbone has two different events at revision 2");
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
