package io.linkwright.httpapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerEventLinesTest {

  @Test
  void linesBecomeEvents() {
    List<ServerEvent> events =
        parse(
            """
            : hello
            id: 7
            event: topology
            data: {"a":
            data: 1}

            data:no space

            retry: 100

            """);

    assertThat(events)
        .containsExactly(
            new ServerEvent("7", "topology", "{\"a\":\n1}"),
            new ServerEvent("7", "message", "no space"));
  }

  @Test
  void anEventWithoutDataIsNone() {
    assertThat(parse("id: 9\nevent: ping\n\n")).isEmpty();
  }

  private static List<ServerEvent> parse(String text) {
    ServerEventLines lines = new ServerEventLines("");
    List<ServerEvent> events = new ArrayList<>();
    text.lines().forEach(line -> lines.line(line).ifPresent(events::add));
    return events;
  }
}
