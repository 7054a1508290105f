package io.linkwright.command.api;

import io.javalin.http.Context;
import io.linkwright.domain.group.GroupCommand.RenewKeys;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.KeyRenewal;
import io.linkwright.edgeprotocol.RenewalReason;
import io.linkwright.http.JsonBody;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what an edge asks for itself. That it holds the identity key which it names is checked
 * here; that this is the member's key is for the group's state to say.
 */
final class RenewalBodies {
  private static final int FORBIDDEN = 403;

  private RenewalBodies() {}

  private record AskedLink(LinkId link, int keyVersion) {}

  /** The command, in the name of the edge from here on. */
  static RenewKeys renewKeys(Context context, GroupId group, EdgeId edge, JsonBody body) {
    RenewalReason reason = body.parsed("reason", RenewalReason::parse);
    PublicKey identity = body.parsed("identity", PublicKey::new);
    byte[] signature = body.parsed("signature", Base64.getDecoder()::decode);
    List<AskedLink> links =
        body.objects("links", Limits.MAX_RENEWED_LINKS, RenewalBodies::askedLink);
    body.done();
    if (links.isEmpty()) {
      throw body.refuse("links", "is required: name at least one link");
    }
    SortedMap<LinkId, Integer> keyVersions = new TreeMap<>();
    links.forEach(link -> keyVersions.put(link.link(), link.keyVersion()));
    KeyRenewal renewal = new KeyRenewal(group, edge, reason, keyVersions);
    if (!renewal.isSignedBy(identity, signature)) {
      throw new ProblemException(
          Problem.of(
              FORBIDDEN,
              RejectionCode.PROOF_INVALID.name(),
              "the signature is not one of this request with the identity key in it"));
    }
    RequestHeaders.prove(context, edge);
    return new RenewKeys(group, edge, identity, keyVersions);
  }

  private static AskedLink askedLink(JsonBody item) {
    return new AskedLink(
        item.parsed("link", LinkId::parse),
        (int) item.whole("keyVersion", RenewalBodies::requireKeyVersion));
  }

  private static long requireKeyVersion(long version) {
    if (version < 1 || version > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("%d is no key version".formatted(version));
    }
    return version;
  }
}
