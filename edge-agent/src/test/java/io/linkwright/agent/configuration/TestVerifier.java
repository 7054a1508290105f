package io.linkwright.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.StateView;
import io.linkwright.agent.TestController;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An edge that is a member, the configurations it is sent, and what it makes of them. */
final class TestVerifier {
  static final GroupId GROUP = new GroupId("backbone");
  static final EdgeId SELF = new EdgeId("denver");
  static final EdgeId PEER = new EdgeId("kansas-city");
  static final EdgeId OTHER = new EdgeId("omaha");
  static final LinkId LINK = LinkId.between(SELF, PEER);

  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(7));
  private final ConfigurationVerifier verifier =
      new ConfigurationVerifier(SELF, controller.keysOf(SELF), controller.key().publicKey());
  private final EdgeState state = new EdgeState();
  private final SignedDocument membership = controller.membership(SELF);

  TestVerifier() {
    assertAccepted(complete(controller.revision(), membership));
  }

  TestController controller() {
    return controller;
  }

  SignedDocument membership() {
    return membership;
  }

  EdgeState state() {
    return state;
  }

  Verdict check(Config config) {
    return verifier.check(state, config);
  }

  void assertAccepted(Config config) {
    Verdict verdict = check(config);

    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    state.apply(((Verdict.Accepted) verdict).plan());
  }

  /** Also that nothing has changed. */
  void assertRefused(Config config, String reason) {
    StateView before = StateView.of(state);

    assertThat(check(config))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    assertThat(StateView.of(state)).isEqualTo(before);
  }

  List<LinkId> links() {
    return List.copyOf(state.have().get(GROUP).links().keySet());
  }

  static Config complete(long revision, SignedDocument membership) {
    return new Config(GROUP, "n", revision, true, Optional.of(membership), List.of(), List.of());
  }

  static Config set(LinkUpdate... updates) {
    return at(updates[updates.length - 1].revision(), updates);
  }

  static Config at(long revision, LinkUpdate... updates) {
    return new Config(GROUP, "n", revision, false, Optional.empty(), List.of(updates), List.of());
  }

  static Config remove(long revision, LinkId link) {
    return new Config(GROUP, "n", revision, false, Optional.empty(), List.of(), List.of(link));
  }

  static LinkUpdate with(LinkUpdate update, SignedDocument document) {
    return new LinkUpdate(update.link(), update.revision(), document, update.secrets());
  }
}
