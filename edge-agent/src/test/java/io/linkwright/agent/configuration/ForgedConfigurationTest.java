package io.linkwright.agent.configuration;

import static io.linkwright.agent.configuration.TestVerifier.GROUP;
import static io.linkwright.agent.configuration.TestVerifier.LINK;
import static io.linkwright.agent.configuration.TestVerifier.OTHER;
import static io.linkwright.agent.configuration.TestVerifier.PEER;
import static io.linkwright.agent.configuration.TestVerifier.SELF;
import static io.linkwright.agent.configuration.TestVerifier.at;
import static io.linkwright.agent.configuration.TestVerifier.complete;
import static io.linkwright.agent.configuration.TestVerifier.set;
import static io.linkwright.agent.configuration.TestVerifier.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.TestController;
import io.linkwright.agent.TestController.Ends;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was altered, signed by others or meant for others is refused, whatever it says. */
final class ForgedConfigurationTest {
  private final TestVerifier edge = new TestVerifier();
  private final TestController controller = edge.controller();

  @Test
  void anyAlteredByteOfADocumentOrItsSignatureIsRefused() {
    LinkUpdate good = controller.link(SELF, PEER).atA();
    SignedDocument signed = good.document();
    Random random = new Random(11);

    for (int i = 0; i < signed.document().length; i++) {
      edge.assertRefused(
          set(
              with(
                  good,
                  new SignedDocument(
                      altered(signed.document(), i, random), signed.keyId(), signed.signature()))),
          "signature of " + LINK);
    }
    for (int i = 0; i < signed.signature().length; i++) {
      edge.assertRefused(
          set(
              with(
                  good,
                  new SignedDocument(
                      signed.document(), signed.keyId(), altered(signed.signature(), i, random)))),
          "signature of " + LINK);
    }
    edge.assertAccepted(set(good));
  }

  @Test
  void whatAnotherControllerSignedIsRefused() {
    TestController impostor = new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(8));
    LinkUpdate good = controller.link(SELF, PEER).atA();
    SignedDocument forged = impostor.key().sign(good.document().document());

    edge.assertRefused(set(with(good, forged)), "does not trust");
    edge.assertRefused(
        set(
            with(
                good,
                new SignedDocument(
                    forged.document(), controller.key().publicKey().keyId(), forged.signature()))),
        "signature of " + LINK);
    edge.assertRefused(
        complete(controller.elsewhere(), impostor.key().sign(edge.membership().document())),
        "does not trust");
  }

  @Test
  void anyAlteredFieldOfTheSecretsIsRefused() {
    LinkUpdate good = controller.link(SELF, PEER).atA();
    SealedSecrets sealed = good.secrets();
    Random random = new Random(12);
    List<SealedSecrets> altered = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int position = random.nextInt(12);
      altered.add(
          new SealedSecrets(
              sealed.suite(),
              sealed.keyVersion(),
              altered(sealed.encapsulatedKey(), random.nextInt(1_120), random),
              sealed.nonce(),
              sealed.ciphertext()));
      altered.add(
          new SealedSecrets(
              sealed.suite(),
              sealed.keyVersion(),
              sealed.encapsulatedKey(),
              altered(sealed.nonce(), position, random),
              sealed.ciphertext()));
      altered.add(
          new SealedSecrets(
              sealed.suite(),
              sealed.keyVersion(),
              sealed.encapsulatedKey(),
              sealed.nonce(),
              altered(sealed.ciphertext(), position, random)));
    }
    altered.add(
        new SealedSecrets(
            "other", 1, sealed.encapsulatedKey(), sealed.nonce(), sealed.ciphertext()));
    altered.add(
        new SealedSecrets(
            sealed.suite(), 2, sealed.encapsulatedKey(), sealed.nonce(), sealed.ciphertext()));

    for (SealedSecrets secrets : altered) {
      edge.assertRefused(
          set(new LinkUpdate(LINK, good.revision(), good.document(), secrets)),
          "are not those it was signed with");
    }
  }

  @Test
  void whatIsMeantForOthersIsRefused() {
    Ends here = controller.link(SELF, PEER);
    Ends elsewhere = controller.link(PEER, OTHER);
    TestController otherGroup = controller.inGroup(new GroupId("other"));

    edge.assertRefused(set(elsewhere.atA()), "does not end here");
    edge.assertRefused(set(here.atB()), "are not those it was signed with");
    edge.assertRefused(
        set(
            new LinkUpdate(
                LINK, elsewhere.revision(), elsewhere.atA().document(), here.atA().secrets())),
        "is of kansas-city~omaha");
    edge.assertRefused(
        complete(controller.elsewhere(), controller.membership(PEER, controller.revision())),
        "the membership is of kansas-city");
    edge.assertRefused(
        at(controller.revision(), otherGroup.link(SELF, PEER).atA()), "is of the group other");
  }

  @Test
  void aMembershipOfAnotherGroupIsRefused() {
    Config elsewhere =
        new Config(
            new GroupId("other"),
            "n",
            controller.revision(),
            true,
            Optional.of(edge.membership()),
            List.of(),
            List.of());

    edge.assertRefused(elsewhere, "the membership is of denver in backbone");
  }

  @Test
  void aMembershipOfAnotherDeviceIsRefused() {
    EdgeKeys otherDevice = EdgeKeys.generate();
    ConfigurationVerifier there =
        new ConfigurationVerifier(SELF, otherDevice, controller.key().publicKey());

    Verdict verdict =
        there.check(new EdgeState(), complete(controller.revision(), edge.membership()));

    assertThat(verdict)
        .isEqualTo(new Verdict.Refused("the membership is of a device with another identity key"));
  }

  @Test
  void secretsThatAreNotThoseOfTheFingerprintsAreRefused() {
    LinkSecrets promised = controller.secrets(LINK, 1);
    LinkSecrets others = controller.secrets(LINK, 1);
    LinkConfiguration configuration = controller.configuration(LINK, promised);

    edge.assertRefused(
        set(controller.publish(controller.elsewhere(), configuration, others).atA()),
        "fingerprints");
  }

  @Test
  void aLinkForOtherWireGuardKeysIsRefused() {
    TestController beforeTheKeysChanged =
        new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(10));
    LinkSecrets secrets = controller.secrets(LINK, 1);
    LinkConfiguration configuration = beforeTheKeysChanged.configuration(LINK, secrets);

    edge.assertRefused(
        set(controller.publish(controller.elsewhere(), configuration, secrets).atA()),
        "another WireGuard key");
  }

  private static byte[] altered(byte[] bytes, int position, Random random) {
    byte[] altered = bytes.clone();
    altered[position] ^= (byte) (1 << random.nextInt(8));
    return altered;
  }
}
