package io.linkwright.edgeprotocol;

import static io.linkwright.edgeprotocol.Fixtures.document;
import static io.linkwright.edgeprotocol.Fixtures.membership;
import static io.linkwright.edgeprotocol.Fixtures.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DocumentsTest {

  @Test
  void bytesOfReleasedDocumentsNeverChange() throws Exception {
    assertThat(Documents.write(document(TunnelProtocol.WIREGUARD)))
        .asString(UTF_8)
        .isEqualTo(new String(resource("link-wireguard.json"), UTF_8));
    assertThat(Documents.write(document(TunnelProtocol.IPSEC)))
        .asString(UTF_8)
        .isEqualTo(new String(resource("link-ipsec.json"), UTF_8));
    assertThat(Documents.write(membership()))
        .asString(UTF_8)
        .isEqualTo(new String(resource("membership.json"), UTF_8));
  }

  @Test
  void releasedDocumentsAreReadAsTheyWereWritten() throws Exception {
    assertThat(Documents.readLink(resource("link-wireguard.json")))
        .isEqualTo(document(TunnelProtocol.WIREGUARD));
    assertThat(Documents.readLink(resource("link-ipsec.json")))
        .isEqualTo(document(TunnelProtocol.IPSEC));
    assertThat(Documents.readMembership(resource("membership.json"))).isEqualTo(membership());
  }

  @Test
  void limitsAreInTheDocumentOfALinkThatHasThem() throws Exception {
    LinkDocument plain = document(TunnelProtocol.IPSEC);
    LinkConfiguration link = plain.link();
    LinkDocument limited =
        new LinkDocument(
            plain.group(),
            plain.revision(),
            new LinkConfiguration(
                link.id(),
                link.protocol(),
                link.keyVersion(),
                link.endA(),
                link.endB(),
                link.tunnels(),
                new SaLimits(Optional.of(1L << 40), Optional.of(1L << 30))),
            plain.secretsDigestA(),
            plain.secretsDigestB());

    byte[] bytes = Documents.write(limited);

    assertThat(bytes)
        .asString(UTF_8)
        .contains("\"rekeyAfterBytes\":1099511627776,\"rekeyAfterPackets\":1073741824,");
    assertThat(Documents.readLink(bytes)).isEqualTo(limited);
  }

  @Test
  void aLinkThatAwaitsEnrollmentHasNoDocument() {
    LinkDocument ready = document(TunnelProtocol.IPSEC);
    Tunnel tunnel = ready.link().tunnels().getFirst();
    LinkConfiguration awaiting =
        new LinkConfiguration(
            ready.link().id(),
            TunnelProtocol.IPSEC,
            1,
            ready.link().endA(),
            ready.link().endB(),
            List.of(
                new Tunnel(0, tunnel.endA(), tunnel.endB(), new TunnelKeys.AwaitingEnrollment())));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Documents.write(new LinkDocument(ready.group(), 1, awaiting, "a", "b")))
        .withMessageContaining("awaits enrollment");
  }

  /** What is replaced in a good document, and what the refusal says. */
  @Test
  void whatIsNotUnderstoodWhollyIsRefused() throws Exception {
    String good = new String(resource("link-wireguard.json"), UTF_8);
    Map<List<String>, String> refusals =
        Map.ofEntries(
            Map.entry(List.of("\"version\":1", "\"version\":2"), "version 2 is not known"),
            Map.entry(List.of("\"type\":\"link\"", "\"type\":\"x\""), "type is not 'link'"),
            Map.entry(List.of("\"revision\":42,", ""), "revision is missing"),
            Map.entry(List.of("\"revision\":42", "\"revision\":4.2"), "not a whole number"),
            Map.entry(List.of("\"revision\":42", "\"revision\":\"42\""), "not a whole number"),
            Map.entry(
                List.of("\"revision\":42", "\"revision\":99999999999999999999"),
                "not a whole number"),
            Map.entry(List.of("\"revision\":42", "\"revision\":1,\"revision\":42"), "not JSON"),
            Map.entry(List.of("\"revision\":42", "\"revision\":42,\"x\":1"), "x is not known"),
            Map.entry(List.of("\"group\":\"backbone\"", "\"group\":\"Back\""), "group: "),
            Map.entry(List.of("\"interface\":\"wg3\"", "\"interface\":\"wg2\""), "interface"),
            Map.entry(
                List.of("\"index\":1,\"interface\":\"wg3\"", "\"index\":0,\"interface\":\"wg2\""),
                "tunnels[1].index is not"),
            Map.entry(List.of("\"index\":1", "\"index\":7"), "tunnels[1]: "),
            Map.entry(List.of("\"wireguard\"", "\"ipsec\""), "wireGuardKey"),
            Map.entry(List.of("\"wireguard\"", "\"gre\""), "protocol: "),
            Map.entry(List.of("denver~kansas-city", "denver~omaha"), "does not end at"),
            Map.entry(List.of("10.1.0.0/16", "10.1.0.1/16"), "endA.allowedSubnets[0]: "),
            Map.entry(List.of("\"tunnels\":[", "\"tunnels\":[[],"), "tunnels has more than"),
            Map.entry(List.of("51820", "518200"), "endA.endpoint: "));

    for (Map.Entry<List<String>, String> refusal : refusals.entrySet()) {
      List<String> change = refusal.getKey();
      String altered = good.replace(change.getFirst(), change.getLast());
      assertThat(altered).as("%s", change).isNotEqualTo(good);
      assertThatThrownBy(() -> Documents.readLink(altered.getBytes(UTF_8)))
          .as("%s", change)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining(refusal.getValue());
    }
  }

  @Test
  void whatIsNoDocumentIsRefused() throws Exception {
    byte[] link = resource("link-ipsec.json");
    List<byte[]> inputs =
        List.of(
            new byte[0],
            "[]".getBytes(UTF_8),
            "null".getBytes(UTF_8),
            "{}{}".getBytes(UTF_8),
            "[".repeat(100_000).getBytes(UTF_8),
            "{\"a\":".repeat(1_000).getBytes(UTF_8),
            Fixtures.filled(64, 0xff),
            Fixtures.filled(ProtocolLimits.MAX_DOCUMENT_BYTES + 1, ' '),
            Arrays.copyOf(link, link.length - 1),
            resource("membership.json"));

    for (byte[] input : inputs) {
      assertThatThrownBy(() -> Documents.readLink(input)).isInstanceOf(ProtocolException.class);
    }
  }
}
