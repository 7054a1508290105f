package io.linkwright.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.ServerEvent;
import io.linkwright.terminal.output.OutputFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TailLinesTest {
  private static final GroupId WEST = new GroupId("west");
  private static final ServerEvent REMOVED =
      new ServerEvent(
          "7",
          "change",
          """
          {"revision": 7, "eventId": "00000000-0000-0000-0000-000000000007",
           "occurredAt": "2026-01-02T03:04:05Z", "actor": "alice", "commandId": "c7",
           "type": "LinkRemoved",
           "link": {"id": "denver~seattle", "edgeA": "denver", "edgeB": "seattle"},
           "consequences": [{"type": "MemberIsolated", "edge": "seattle"},
                            {"type": "GroupSplit", "link": "denver~seattle", "parts": 2}]}
          """);
  private static final ServerEvent STATUS =
      new ServerEvent(
          "7",
          "status",
          """
          {"edge": "denver", "connected": true, "acknowledgedRevision": 7,
           "lastError": "no\\u001b[2J", "reportedAt": "2026-01-02T03:04:06Z", "tunnels": []}
          """);

  @Test
  void aChangeIsALineForEachThingThatFollowed() {
    List<TailLines.Line> lines = TailLines.of(WEST, REMOVED, TailLines.Scope.CONSEQUENCES);

    assertThat(lines)
        .extracting(line -> line.json().toString())
        .first()
        .isEqualTo(
            "{\"group\":\"west\",\"revision\":7,\"occurredAt\":\"2026-01-02T03:04:05Z\","
                + "\"type\":\"MemberIsolated\",\"edge\":\"seattle\"}");
    assertThat(lines)
        .extracting(TailLinesTest::shown)
        .containsExactly(
            "2026-01-02T03:04:05Z  west@7  MemberIsolated seattle: no traffic can flow",
            "2026-01-02T03:04:05Z  west@7  GroupSplit denver~seattle: 2 parts");
  }

  @Test
  void everythingIsTheChangeItselfTooAndWhatEdgesReport() {
    assertThat(TailLines.of(WEST, REMOVED, TailLines.Scope.EVERYTHING))
        .extracting(TailLinesTest::shown)
        .hasSize(3)
        .first()
        .isEqualTo("2026-01-02T03:04:05Z  west@7  LinkRemoved denver~seattle by alice");
    assertThat(TailLines.of(WEST, STATUS, TailLines.Scope.EVERYTHING))
        .extracting(TailLinesTest::shown)
        .containsExactly(
            "2026-01-02T03:04:06Z  west  denver is connected, runs revision 7, error:"
                + " no\\u001b[2J");
    assertThat(TailLines.of(WEST, STATUS, TailLines.Scope.CONSEQUENCES)).isEmpty();
  }

  @Test
  void aStartIsAGroupAndMaybeARevision() {
    assertThat(TailStart.parse("west")).isEqualTo(new TailStart(WEST, Optional.empty()));
    assertThat(TailStart.parse("west@12")).isEqualTo(new TailStart(WEST, Optional.of(12L)));
    for (String wrong : List.of("", "West", "west@", "west@x", "west@-1", "@1")) {
      assertThatThrownBy(() -> TailStart.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String shown(TailLines.Line line) {
    return OutputFormat.TABLE.ofMany(line.json(), _ -> line.text());
  }
}
