package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.id.Revision;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {
  @Test
  void theRevisionIsDecimalText() {
    assertThat(RecordHeaders.revision(4_711).key()).isEqualTo("linkwright-revision");
    assertThat(RecordHeaders.revision(4_711).value()).isEqualTo("4711".getBytes(UTF_8));
  }

  @Test
  void theLastRevisionCounts() {
    Headers headers =
        headers().add(RecordHeaders.revision(1)).add(RecordHeaders.revision(Revision.MAX));

    assertThat(RecordHeaders.revision(headers)).hasValue(Revision.MAX);
  }

  @Test
  void recordsWithoutRevisionHaveNone() {
    assertThat(RecordHeaders.revision(headers())).isEmpty();
  }

  @Test
  void anythingButANumberIsRefused() {
    Headers headers = headers().add(new RecordHeader("linkwright-revision", "x".getBytes(UTF_8)));

    assertThatThrownBy(() -> RecordHeaders.revision(headers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linkwright-revision");
  }

  @Test
  void aMacHas32BytesOrIsNone() {
    byte[] mac = new byte[LogMac.LENGTH_BYTES];
    mac[0] = 7;

    assertThat(RecordHeaders.mac(headers().add(RecordHeaders.mac(mac)))).hasValue(mac);
    assertThat(RecordHeaders.mac(headers())).isEmpty();
    for (byte[] none : new byte[][] {null, {}, new byte[31], new byte[33]}) {
      assertThat(RecordHeaders.mac(headers().add(new RecordHeader("linkwright-mac", none))))
          .isEmpty();
    }
  }

  private static Headers headers() {
    return new org.apache.kafka.common.header.internals.RecordHeaders();
  }
}
