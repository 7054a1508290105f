package io.linkwright.agent.configuration;

import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.ProtocolException;

/** Refuses what the controller has not signed. */
final class Signatures {
  private Signatures() {}

  static void require(ControllerPublicKey controller, SignedDocument signed, String what)
      throws ProtocolException {
    if (!signed.keyId().equals(controller.keyId())) {
      throw new ProtocolException(
          "%s is signed with a key this edge does not trust".formatted(what));
    }
    if (!controller.verifies(signed)) {
      throw new ProtocolException("the signature of %s is wrong".formatted(what));
    }
  }
}
