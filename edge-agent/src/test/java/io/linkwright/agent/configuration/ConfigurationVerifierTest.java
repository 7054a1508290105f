package io.linkwright.agent.configuration;

import static io.linkwright.agent.configuration.TestVerifier.GROUP;
import static io.linkwright.agent.configuration.TestVerifier.LINK;
import static io.linkwright.agent.configuration.TestVerifier.OTHER;
import static io.linkwright.agent.configuration.TestVerifier.PEER;
import static io.linkwright.agent.configuration.TestVerifier.SELF;
import static io.linkwright.agent.configuration.TestVerifier.at;
import static io.linkwright.agent.configuration.TestVerifier.complete;
import static io.linkwright.agent.configuration.TestVerifier.remove;
import static io.linkwright.agent.configuration.TestVerifier.set;
import static io.linkwright.agent.configuration.TestVerifier.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.TestController;
import io.linkwright.agent.TestController.Ends;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which configurations an edge takes over, in which order, and what it runs then. */
final class ConfigurationVerifierTest {
  private final TestVerifier edge = new TestVerifier();
  private final TestController controller = edge.controller();

  @Test
  void runsTheLinksThatAreSetAndDropsThoseRemoved() {
    Ends first = controller.link(SELF, PEER);
    edge.assertAccepted(set(first.atA()));
    Ends second = controller.link(SELF, OTHER);
    edge.assertAccepted(set(second.atA()));
    assertThat(edge.links()).containsExactly(LINK, second.link());

    edge.assertAccepted(remove(controller.elsewhere(), LINK));

    assertThat(edge.links()).containsExactly(second.link());
    assertThat(edge.state().have().get(GROUP).revision()).isEqualTo(controller.revision());
  }

  @Test
  void whatIsNotInACompleteConfigurationGoes() {
    Ends first = controller.link(SELF, PEER);
    Ends second = controller.link(SELF, OTHER);
    edge.assertAccepted(set(first.atA(), second.atA()));

    edge.assertAccepted(
        new Config(
            GROUP,
            "n",
            controller.elsewhere(),
            true,
            Optional.of(edge.membership()),
            List.of(second.atA()),
            List.of()));
    assertThat(edge.links()).containsExactly(second.link());

    edge.assertAccepted(complete(controller.elsewhere(), edge.membership()));
    assertThat(edge.links()).isEmpty();
    assertThat(edge.state().group(GROUP)).isPresent();
  }

  @Test
  void aMemberNoMoreDropsTheGroupAndMayComeBack() {
    Ends first = controller.link(SELF, PEER);
    edge.assertAccepted(set(first.atA()));

    edge.assertAccepted(Config.groupGone(GROUP, "n", controller.elsewhere()));
    assertThat(edge.state().groups()).isEmpty();

    edge.assertRefused(complete(controller.elsewhere(), edge.membership()), "is not newer than");
    edge.assertRefused(
        new Config(
            GROUP,
            "n",
            controller.revision(),
            true,
            Optional.of(controller.membership(SELF)),
            List.of(first.atA()),
            List.of()),
        "is beyond");
    edge.assertAccepted(
        complete(controller.revision(), controller.membership(SELF, controller.revision())));
    edge.assertRefused(set(first.atA()), "older than");
  }

  @Test
  void theSameAgainIsAcknowledgedAndChangesNothing() {
    Ends link = controller.link(SELF, PEER);
    Config config = set(link.atA());
    edge.assertAccepted(config);

    assertThat(edge.check(config)).isEqualTo(new Verdict.Unchanged());
    assertThat(edge.check(remove(config.revision(), LinkId.between(SELF, OTHER))))
        .isEqualTo(new Verdict.Unchanged());
    assertThat(edge.check(Config.groupGone(new GroupId("unheard-of"), "n", 0)))
        .isEqualTo(new Verdict.Unchanged());
  }

  @Test
  void anOlderDocumentOfALinkIsRefusedWhileItRunsAndAfterItIsRemoved() {
    Ends old = controller.link(SELF, PEER);
    edge.assertAccepted(set(old.atA()));
    Ends current = controller.link(SELF, PEER);
    edge.assertAccepted(set(current.atA()));

    edge.assertRefused(at(controller.elsewhere(), old.atA()), "is not newer than");
    edge.assertAccepted(remove(controller.revision(), LINK));
    edge.assertRefused(at(controller.elsewhere(), old.atA()), "is not newer than");
    edge.assertRefused(at(controller.revision(), current.atA()), "is not newer than");
    edge.assertAccepted(set(controller.link(SELF, PEER).atA()));
  }

  @Test
  void aConfigurationOlderThanWhatRunsIsRefused() {
    Ends first = controller.link(SELF, PEER);
    Ends second = controller.link(SELF, OTHER);
    edge.assertAccepted(set(second.atA()));

    edge.assertRefused(set(first.atA()), "is older than");
    edge.assertRefused(remove(first.revision(), second.link()), "is older than");
    edge.assertRefused(Config.groupGone(GROUP, "n", first.revision()), "is older than");
    edge.assertAccepted(at(second.revision(), first.atA()));
  }

  @Test
  void whatIsSaidBesideTheDocumentMustBeWhatItSays() {
    LinkUpdate good = controller.link(SELF, PEER).atA();
    long revision = controller.elsewhere();

    edge.assertRefused(
        at(revision, new LinkUpdate(LINK, revision, good.document(), good.secrets())),
        "the document of");
    edge.assertRefused(
        at(
            revision,
            new LinkUpdate(
                LinkId.between(SELF, OTHER), good.revision(), good.document(), good.secrets())),
        "the document of");
    edge.assertRefused(at(good.revision() - 1, good), "is beyond");
  }

  @Test
  void aConfigurationThatContradictsItselfIsRefused() {
    LinkUpdate good = controller.link(SELF, PEER).atA();

    edge.assertRefused(set(good, good), "is named twice");
    edge.assertRefused(
        new Config(
            GROUP, "n", good.revision(), false, Optional.empty(), List.of(good), List.of(LINK)),
        "both set and removed");
    edge.assertRefused(
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

    edge.assertRefused(set(updates.toArray(LinkUpdate[]::new)), "signature");
  }
}
