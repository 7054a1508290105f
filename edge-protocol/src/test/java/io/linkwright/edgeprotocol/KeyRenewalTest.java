package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRenewalTest {
  private static final EdgeKeys KEYS = EdgeKeys.generate();
  private static final PublicKey IDENTITY = KEYS.publicKeys().identity();
  private static final KeyRenewal RENEWAL =
      renewal("backbone", "denver", RenewalReason.BOOT, Map.of("denver~omaha", 3));

  @Test
  void whatIsSignedIsSpelledOut() {
    KeyRenewal two =
        renewal(
            "backbone",
            "denver",
            RenewalReason.LIMIT,
            Map.of("denver~omaha", 3, "boise~denver", 12));

    assertThat(new String(two.signed(), UTF_8))
        .isEqualTo(
            "linkwright.v1"
                + " renewal\0backbone\0denver\0limit\0boise~denver\00012\0denver~omaha\0003");
  }

  @Test
  void theSignatureHoldsForThisRequestAndKeyOnly() {
    byte[] signature = KEYS.sign(RENEWAL);

    assertThat(RENEWAL.isSignedBy(IDENTITY, signature)).isTrue();
    assertThat(RENEWAL.isSignedBy(EdgeKeys.generate().publicKeys().identity(), signature))
        .isFalse();
    assertThat(RENEWAL.isSignedBy(IDENTITY, new byte[3])).isFalse();
    for (KeyRenewal other :
        List.of(
            renewal("other", "denver", RenewalReason.BOOT, Map.of("denver~omaha", 3)),
            renewal("backbone", "omaha", RenewalReason.BOOT, Map.of("denver~omaha", 3)),
            renewal("backbone", "denver", RenewalReason.LOST, Map.of("denver~omaha", 3)),
            renewal("backbone", "denver", RenewalReason.BOOT, Map.of("denver~omaha", 4)),
            renewal("backbone", "denver", RenewalReason.BOOT, Map.of()))) {
      assertThat(other.isSignedBy(IDENTITY, signature)).as("%s", other).isFalse();
    }
  }

  @Test
  void theBodySaysAllThatIsSignedAndThePathTheRest() throws Exception {
    JsonFields body =
        Json.read(RENEWAL.body(IDENTITY, KEYS.sign(RENEWAL)), ProtocolLimits.MAX_DOCUMENT_BYTES);

    assertThat(RENEWAL.path()).isEqualTo("/v1/groups/backbone/members/denver:renew");
    assertThat(body.text("reason")).isEqualTo("boot");
    assertThat(body.text("identity")).isEqualTo(IDENTITY.base64());
    JsonFields link = body.objects("links", 1).getFirst();
    assertThat(link.text("link")).isEqualTo("denver~omaha");
    assertThat(link.number("keyVersion")).isEqualTo(3);
    assertThat(RENEWAL.isSignedBy(IDENTITY, body.bytes("signature"))).isTrue();
    body.requireNothingElse();
  }

  @Test
  void theLogCanTellWhyFromTheKey() {
    assertThat(RENEWAL.idempotencyKey(new UUID(0, 1)))
        .isEqualTo("denver:boot:00000000-0000-0000-0000-000000000001");
  }

  private static KeyRenewal renewal(
      String group, String edge, RenewalReason reason, Map<String, Integer> links) {
    TreeMap<LinkId, Integer> keyVersions = new TreeMap<>();
    links.forEach((link, version) -> keyVersions.put(LinkId.parse(link), version));
    return new KeyRenewal(new GroupId(group), new EdgeId(edge), reason, keyVersions);
  }
}
