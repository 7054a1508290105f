package io.linkwright.agent.configuration;

import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.Fingerprints;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.SecretOpener;
import io.linkwright.edgeprotocol.SecretsDigest;

/**
 * Checks one link by itself: signature, whom it is for, and that the secrets beside the document
 * are the ones it was signed with. The cheap checks come first; secrets are opened last.
 */
final class LinkVerifier {
  private final EdgeId self;
  private final EdgeKeys keys;
  private final ControllerPublicKey controller;
  private final SecretOpener opener;

  LinkVerifier(EdgeId self, EdgeKeys keys, ControllerPublicKey controller) {
    this.self = self;
    this.keys = keys;
    this.controller = controller;
    this.opener = new SecretOpener(keys);
  }

  VerifiedLink verify(GroupId group, LinkUpdate update) throws ProtocolException {
    LinkId link = update.link();
    if (!link.joins(self)) {
      throw new ProtocolException("%s does not end here".formatted(link));
    }
    Signatures.require(controller, update.document(), link.toString());
    LinkDocument document = Documents.readLink(update.document().document());
    if (!document.group().equals(group)) {
      throw new ProtocolException(
          "the document of %s is of the group %s".formatted(link, document.group()));
    }
    if (!document.link().id().equals(link) || document.revision() != update.revision()) {
      throw new ProtocolException(
          "the document of %s at revision %d is of %s at %d"
              .formatted(link, update.revision(), document.link().id(), document.revision()));
    }
    return open(update, document);
  }

  VerifiedLink open(LinkUpdate update, LinkDocument document) throws ProtocolException {
    LinkId link = update.link();
    if (!SecretsDigest.of(update.secrets()).equals(document.secretsDigestFor(self))) {
      throw new ProtocolException(
          "the secrets of %s are not those it was signed with".formatted(link));
    }
    requireOwnWireGuardKeys(document);
    LinkSecrets secrets = opener.open(document.group(), self, link, update.secrets());
    if (!Fingerprints.match(document.link(), secrets)) {
      throw new ProtocolException(
          "the keys of %s have not the fingerprints it was signed with".formatted(link));
    }
    return new VerifiedLink(
        new HeldLink(update, document),
        new PeerLink(PeerConfiguration.of(document, self), secrets));
  }

  /** The peer would expect keys that this edge does not have, and no packet would get through. */
  private void requireOwnWireGuardKeys(LinkDocument document) throws ProtocolException {
    for (Tunnel tunnel : document.link().tunnels()) {
      TunnelEnd end = document.link().id().edgeA().equals(self) ? tunnel.endA() : tunnel.endB();
      if (end.wireGuardKey().isPresent()
          && !end.wireGuardKey().get().equals(keys.publicKeys().wireGuard().get(tunnel.index()))) {
        throw new ProtocolException(
            "%s is made for another WireGuard key than this edge's"
                .formatted(document.link().id()));
      }
    }
  }
}
