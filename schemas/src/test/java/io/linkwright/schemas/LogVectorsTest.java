package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.LogChain;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.id.GroupId;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The vectors of docs/protocol.md, section 7, which an auditor's own program can be held to. */
final class LogVectorsTest {
  private static JsonNode vectors;

  @BeforeAll
  static void read() throws Exception {
    try (InputStream file = LogVectorsTest.class.getResourceAsStream("/vectors/log.json")) {
      vectors = new ObjectMapper().readTree(file);
    }
  }

  private static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText());
  }

  @Test
  void headsAndMacsAreThoseOfTheVectors() {
    LogChain chain = new LogChain();
    LogMac mac = new LogKey(bytes(vectors.path("macKey"))).mac();
    LogHead head = chain.begin(new GroupId(vectors.path("group").asText()));

    assertThat(head).hasToString(vectors.path("head0").asText());
    assertThat(vectors.path("events")).hasSize(2);
    for (JsonNode event : vectors.path("events")) {
      byte[] digest = chain.digest(bytes(event.path("value")));
      head = chain.next(head, digest);
      assertThat(head).hasToString(event.path("head").asText());
      assertThat(mac.of(head)).isEqualTo(bytes(event.path("mac")));
      assertThat(mac.objection(head, new EventSeal(digest, Optional.of(bytes(event.path("mac"))))))
          .isEmpty();
    }
  }

  @Test
  void anyOtherMacIsObjectedToAndSoIsNone() {
    LogMac mac = new LogKey(bytes(vectors.path("macKey"))).mac();
    LogHead head = new FoldedLog(mac).head(new GroupId("red"));
    byte[] wrong = mac.of(head);
    wrong[31] ^= 1;

    assertThat(mac.objection(head, new EventSeal(new byte[32], Optional.of(wrong))))
        .hasValueSatisfying(why -> assertThat(why).contains("MAC does not fit"));
    assertThat(mac.objection(head, new EventSeal(new byte[32], Optional.empty())))
        .hasValueSatisfying(why -> assertThat(why).contains("no MAC"));
    assertThat(new LogKey(new byte[32])).hasToString("LogKey[redacted]");
  }
}
