package io.linkwright.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.StateView;
import io.linkwright.agent.TestController;
import io.linkwright.agent.TestController.Ends;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkConfiguration;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.LinkSecrets;
import io.linkwright.domain.SealedSecrets;
import io.linkwright.domain.SignedDocument;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConfigurationVerifierTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId SELF = new EdgeId("denver");
  private static final EdgeId PEER = new EdgeId("kansas-city");
  private static final EdgeId OTHER = new EdgeId("omaha");
  private static final LinkId LINK = LinkId.between(SELF, PEER);

  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(7));
  private final ConfigurationVerifier verifier =
      new ConfigurationVerifier(SELF, controller.keysOf(SELF), controller.key().publicKey());
  private final EdgeState state = new EdgeState();
  private SignedDocument membership;

  @BeforeEach
  void becomesAMember() {
    membership = controller.membership(SELF);
    assertAccepted(complete(controller.revision(), membership));
  }

  @Test
  void runsTheLinksThatAreSetAndDropsThoseRemoved() {
    Ends first = controller.link(SELF, PEER);
    assertAccepted(set(first.atA()));
    Ends second = controller.link(SELF, OTHER);
    assertAccepted(set(second.atA()));
    assertThat(links()).containsExactly(LINK, second.link());

    assertAccepted(remove(controller.elsewhere(), LINK));

    assertThat(links()).containsExactly(second.link());
    assertThat(state.have().get(GROUP).revision()).isEqualTo(controller.revision());
  }

  @Test
  void whatIsNotInACompleteConfigurationGoes() {
    Ends first = controller.link(SELF, PEER);
    Ends second = controller.link(SELF, OTHER);
    assertAccepted(set(first.atA(), second.atA()));

    assertAccepted(
        new Config(
            GROUP,
            "n",
            controller.elsewhere(),
            true,
            Optional.of(membership),
            List.of(second.atA()),
            List.of()));
    assertThat(links()).containsExactly(second.link());

    assertAccepted(complete(controller.elsewhere(), membership));
    assertThat(links()).isEmpty();
    assertThat(state.group(GROUP)).isPresent();
  }

  @Test
  void aMemberNoMoreDropsTheGroupAndMayComeBack() {
    Ends first = controller.link(SELF, PEER);
    assertAccepted(set(first.atA()));

    assertAccepted(Config.groupGone(GROUP, "n", controller.elsewhere()));
    assertThat(state.groups()).isEmpty();

    assertRefused(complete(controller.elsewhere(), membership), "is not newer than");
    assertRefused(
        new Config(
            GROUP,
            "n",
            controller.revision(),
            true,
            Optional.of(controller.membership(SELF)),
            List.of(first.atA()),
            List.of()),
        "is beyond");
    assertAccepted(
        complete(controller.revision(), controller.membership(SELF, controller.revision())));
    assertRefused(set(first.atA()), "older than");
  }

  @Test
  void theSameAgainIsAcknowledgedAndChangesNothing() {
    Ends link = controller.link(SELF, PEER);
    Config config = set(link.atA());
    assertAccepted(config);

    assertThat(verifier.check(state, config)).isEqualTo(new Verdict.Unchanged());
    assertThat(verifier.check(state, remove(config.revision(), LinkId.between(SELF, OTHER))))
        .isEqualTo(new Verdict.Unchanged());
    assertThat(verifier.check(state, Config.groupGone(new GroupId("unheard-of"), "n", 0)))
        .isEqualTo(new Verdict.Unchanged());
  }

  @Test
  void anOlderDocumentOfALinkIsRefusedWhileItRunsAndAfterItIsRemoved() {
    Ends old = controller.link(SELF, PEER);
    assertAccepted(set(old.atA()));
    Ends current = controller.link(SELF, PEER);
    assertAccepted(set(current.atA()));

    assertRefused(at(controller.elsewhere(), old.atA()), "is not newer than");
    assertAccepted(remove(controller.revision(), LINK));
    assertRefused(at(controller.elsewhere(), old.atA()), "is not newer than");
    assertRefused(at(controller.revision(), current.atA()), "is not newer than");
    assertAccepted(set(controller.link(SELF, PEER).atA()));
  }

  @Test
  void aConfigurationOlderThanWhatRunsIsRefused() {
    Ends first = controller.link(SELF, PEER);
    Ends second = controller.link(SELF, OTHER);
    assertAccepted(set(second.atA()));

    assertRefused(set(first.atA()), "is older than");
    assertRefused(remove(first.revision(), second.link()), "is older than");
    assertRefused(Config.groupGone(GROUP, "n", first.revision()), "is older than");
    assertAccepted(at(second.revision(), first.atA()));
  }

  @Test
  void anyAlteredByteOfADocumentOrItsSignatureIsRefused() {
    LinkUpdate good = controller.link(SELF, PEER).atA();
    SignedDocument signed = good.document();
    Random random = new Random(11);

    for (int i = 0; i < signed.document().length; i++) {
      assertRefused(
          set(
              with(
                  good,
                  new SignedDocument(
                      altered(signed.document(), i, random), signed.keyId(), signed.signature()))),
          "signature of " + LINK);
    }
    for (int i = 0; i < signed.signature().length; i++) {
      assertRefused(
          set(
              with(
                  good,
                  new SignedDocument(
                      signed.document(), signed.keyId(), altered(signed.signature(), i, random)))),
          "signature of " + LINK);
    }
    assertAccepted(set(good));
  }

  @Test
  void whatAnotherControllerSignedIsRefused() {
    TestController impostor = new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(8));
    LinkUpdate good = controller.link(SELF, PEER).atA();
    SignedDocument forged = impostor.key().sign(good.document().document());

    assertRefused(set(with(good, forged)), "does not trust");
    assertRefused(
        set(
            with(
                good,
                new SignedDocument(
                    forged.document(), controller.key().publicKey().keyId(), forged.signature()))),
        "signature of " + LINK);
    assertRefused(
        complete(controller.elsewhere(), impostor.key().sign(membership.document())),
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
      assertRefused(
          set(new LinkUpdate(LINK, good.revision(), good.document(), secrets)),
          "are not those it was signed with");
    }
  }

  @Test
  void whatIsMeantForOthersIsRefused() {
    Ends here = controller.link(SELF, PEER);
    Ends elsewhere = controller.link(PEER, OTHER);
    TestController otherGroup = controller.inGroup(new GroupId("other"));

    assertRefused(set(elsewhere.atA()), "does not end here");
    assertRefused(set(here.atB()), "are not those it was signed with");
    assertRefused(
        set(
            new LinkUpdate(
                LINK, elsewhere.revision(), elsewhere.atA().document(), here.atA().secrets())),
        "is of kansas-city~omaha");
    assertRefused(
        complete(controller.elsewhere(), controller.membership(PEER, controller.revision())),
        "the membership is of kansas-city");
    assertRefused(
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
            Optional.of(membership),
            List.of(),
            List.of());

    assertRefused(elsewhere, "the membership is of denver in backbone");
  }

  @Test
  void aMembershipOfAnotherDeviceIsRefused() {
    EdgeKeys otherDevice = EdgeKeys.generate();
    ConfigurationVerifier there =
        new ConfigurationVerifier(SELF, otherDevice, controller.key().publicKey());

    Verdict verdict = there.check(new EdgeState(), complete(controller.revision(), membership));

    assertThat(verdict)
        .isEqualTo(new Verdict.Refused("the membership is of a device with another identity key"));
  }

  @Test
  void secretsThatAreNotThoseOfTheFingerprintsAreRefused() {
    LinkSecrets promised = controller.secrets(LINK, 1);
    LinkSecrets others = controller.secrets(LINK, 1);
    LinkConfiguration configuration = controller.configuration(LINK, promised);

    assertRefused(
        set(controller.publish(controller.elsewhere(), configuration, others).atA()),
        "fingerprints");
  }

  @Test
  void aLinkForOtherWireGuardKeysIsRefused() {
    TestController beforeTheKeysChanged =
        new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(10));
    LinkSecrets secrets = controller.secrets(LINK, 1);
    LinkConfiguration configuration = beforeTheKeysChanged.configuration(LINK, secrets);

    assertRefused(
        set(controller.publish(controller.elsewhere(), configuration, secrets).atA()),
        "another WireGuard key");
  }

  @Test
  void whatIsSaidBesideTheDocumentMustBeWhatItSays() {
    LinkUpdate good = controller.link(SELF, PEER).atA();
    long revision = controller.elsewhere();

    assertRefused(
        at(revision, new LinkUpdate(LINK, revision, good.document(), good.secrets())),
        "the document of");
    assertRefused(
        at(
            revision,
            new LinkUpdate(
                LinkId.between(SELF, OTHER), good.revision(), good.document(), good.secrets())),
        "the document of");
    assertRefused(at(good.revision() - 1, good), "is beyond");
  }

  @Test
  void aConfigurationThatContradictsItselfIsRefused() {
    LinkUpdate good = controller.link(SELF, PEER).atA();

    assertRefused(set(good, good), "is named twice");
    assertRefused(
        new Config(
            GROUP, "n", good.revision(), false, Optional.empty(), List.of(good), List.of(LINK)),
        "both set and removed");
    assertRefused(
        new Config(new GroupId("other"), "n", 1, false, Optional.empty(), List.of(), List.of()),
        "is no member");
  }

  @Test
  void oneBadLinkAmongGoodOnesLeavesAllAsItWas() {
    List<LinkUpdate> updates = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      updates.add(controller.link(SELF, new EdgeId("peer-" + i)).at(SELF));
    }
    LinkUpdate last = updates.removeLast();
    updates.add(
        with(
            last,
            new SignedDocument(last.document().document(), last.document().keyId(), new byte[64])));

    assertRefused(set(updates.toArray(LinkUpdate[]::new)), "signature");
  }

  private void assertAccepted(Config config) {
    Verdict verdict = verifier.check(state, config);

    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    state.apply(((Verdict.Accepted) verdict).plan());
  }

  private void assertRefused(Config config, String reason) {
    StateView before = StateView.of(state);

    assertThat(verifier.check(state, config))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    assertThat(StateView.of(state)).isEqualTo(before);
  }

  private List<LinkId> links() {
    return List.copyOf(state.have().get(GROUP).links().keySet());
  }

  private static Config complete(long revision, SignedDocument membership) {
    return new Config(GROUP, "n", revision, true, Optional.of(membership), List.of(), List.of());
  }

  private static Config set(LinkUpdate... updates) {
    return at(updates[updates.length - 1].revision(), updates);
  }

  private static Config at(long revision, LinkUpdate... updates) {
    return new Config(GROUP, "n", revision, false, Optional.empty(), List.of(updates), List.of());
  }

  private static Config remove(long revision, LinkId link) {
    return new Config(GROUP, "n", revision, false, Optional.empty(), List.of(), List.of(link));
  }

  private static LinkUpdate with(LinkUpdate update, SignedDocument document) {
    return new LinkUpdate(update.link(), update.revision(), document, update.secrets());
  }

  private static byte[] altered(byte[] bytes, int position, Random random) {
    byte[] altered = bytes.clone();
    altered[position] ^= (byte) (1 << random.nextInt(8));
    return altered;
  }
}
