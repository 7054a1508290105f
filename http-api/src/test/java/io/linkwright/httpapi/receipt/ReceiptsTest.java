package io.linkwright.httpapi.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.httpapi.ApiJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Receipts as bytes and back. */
final class ReceiptsTest {
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final ReconfiguredEdges EDGES =
      new ReconfiguredEdges(List.of(DENVER), List.of(new EdgeId("seattle")));
  private static final LinkReceipt LINK = new LinkReceipt(7, LinkId.parse("denver~seattle"), EDGES);

  @Test
  void aReceiptNamesWhomItConcerns() {
    assertThat(written(LINK))
        .isEqualTo(
            """
            {"revision":7,"link":"denver~seattle","affectedEdges":["denver"],\
            "awaitingEdges":["seattle"]}\
            """);
    assertThat(read(written(LINK), LinkReceipt.class)).isEqualTo(LINK);
    assertThat(read(written(LINK), RevisionReceipt.class)).isEqualTo(new RevisionReceipt(7));
  }

  @Test
  void aDryRunIsMarkedAndReadAsWhatItWouldBe() {
    String written = written(DryRunReceipt.of(LINK));

    assertThat(written).endsWith("\"awaitingEdges\":[\"seattle\"],\"dryRun\":true}");
    assertThat(read(written, LinkReceipt.class)).isEqualTo(LINK);
    assertThat(DryRunReceipt.isOne(ApiJson.tree(DryRunReceipt.of(LINK)))).isTrue();
    assertThat(DryRunReceipt.isOne(ApiJson.tree(LINK))).isFalse();
  }

  @Test
  void aTokenIsWrittenForItsReaderAndForNobodyElse() {
    EnrollmentToken token =
        EnrollmentToken.of("0".repeat(16), new byte[EnrollmentToken.SECRET_BYTES]);
    InvitationReceipt receipt =
        new InvitationReceipt(
            7,
            new MemberState(
                DENVER,
                "Denver",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true,
                EnrollmentStanding.AWAITING,
                Optional.of(Instant.EPOCH),
                List.of()),
            EDGES,
            Optional.of(token));

    assertThat(written(receipt))
        .isEqualTo(
            """
            {"revision":7,"edge":"denver","name":"Denver","endpoint":null,"allowedSubnets":[],\
            "latitude":null,"longitude":null,"awaitingEnrollment":true,"enrollment":"awaiting",\
            "tokenExpiresAt":"1970-01-01T00:00:00Z","overlayAddresses":[],\
            "affectedEdges":["denver"],"awaitingEdges":["seattle"],"token":"%s"}\
            """
                .formatted(token.reveal()));
    assertThat(receipt.toString()).doesNotContain(token.reveal());
    assertThat(read(written(receipt), InvitationReceipt.class).token().orElseThrow().reveal())
        .isEqualTo(token.reveal());
  }

  private static String written(Object answer) {
    return new String(ApiJson.bytes(answer), StandardCharsets.UTF_8);
  }

  private static <T> T read(String text, Class<T> type) {
    return ApiJson.read(text.getBytes(StandardCharsets.UTF_8), type);
  }
}
