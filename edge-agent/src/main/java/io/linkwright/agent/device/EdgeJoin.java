package io.linkwright.agent.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.agent.store.DirectoryLock;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import io.linkwright.httpapi.receipt.EnrollmentReceipt;
import java.net.URI;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes this device a member's edge: keys on disk, their public halves at the server, the
 * controller's key pinned. Refused, it leaves nothing behind. Cut off before the answer, it leaves
 * the keys, and the same command again is answered as the first time.
 */
public final class EdgeJoin {
  private final EdgeHome home;
  private final LinkwrightApi api;

  /** Which keys the device is to have. */
  public enum Keys {
    /** Those it has, or its first ones. */
    KEEP,
    /** New ones in any case: the old ones were revoked. */
    RENEW
  }

  /** What an operator tells the device. */
  public record Ticket(URI server, GroupId group, EdgeId edge, EnrollmentToken token) {}

  /** A join into this directory. */
  public EdgeJoin(EdgeHome home, LinkwrightApi api) {
    this.home = home;
    this.api = api;
  }

  /**
   * Joins.
   *
   * @return who the device is from now on
   * @throws ApiException if the server refuses or does not answer
   * @throws EdgeFailure if the directory is another edge's, in use by an agent, or cannot be used
   */
  public EdgeProfile join(Ticket ticket, Keys choice) {
    Optional<EdgeProfile> present = home.profile();
    present.ifPresent(profile -> requireSameEdge(profile, ticket));
    home.create();
    try (DirectoryLock _ = home.lock()) {
      return join(ticket, choice, present);
    }
  }

  private EdgeProfile join(Ticket ticket, Keys choice, Optional<EdgeProfile> present) {
    boolean hadKeys = home.hasKeys();
    EdgeKeys keys =
        switch (choice) {
          case KEEP -> present.isPresent() ? home.requireKeys() : home.firstKeys();
          case RENEW -> home.nextKeys();
        };
    EnrollmentReceipt receipt;
    try {
      receipt = enroll(ticket, keys);
    } catch (ApiException.Refused refused) {
      takeBack(choice, hadKeys);
      throw refused;
    }
    ControllerPublicKey controller = new ControllerPublicKey(receipt.controllerKey());
    Optional<String> distrust = distrust(controller, ticket, present);
    if (distrust.isPresent()) {
      takeBack(choice, hadKeys);
      throw new EdgeFailure(distrust.get());
    }
    EdgeProfile profile = profile(ticket, choice, present, controller);
    if (choice == Keys.RENEW) {
      home.adoptNextKeys();
    }
    home.write(profile);
    return profile;
  }

  private EnrollmentReceipt enroll(Ticket ticket, EdgeKeys keys) {
    ObjectNode body = LinkwrightApi.mapper().createObjectNode();
    body.put("token", ticket.token().reveal());
    body.set("keys", MemberKeysJson.of(keys.publicKeys()));
    String path = ApiPaths.at(ApiPaths.MEMBER_ENROLL, ticket.group(), ticket.edge());
    return api.send(ApiCommand.post(path, body), EnrollmentReceipt.class).value();
  }

  private void takeBack(Keys choice, boolean hadKeys) {
    switch (choice) {
      case KEEP -> {
        if (!hadKeys) {
          home.discardKeys();
        }
      }
      case RENEW -> home.discardNextKeys();
    }
  }

  /** Why this controller is not the one that the device is to trust, if it is not. */
  private static Optional<String> distrust(
      ControllerPublicKey controller, Ticket ticket, Optional<EdgeProfile> present) {
    if (!controller.keyId().equals(ticket.token().controllerKeyId())) {
      return Optional.of(
          "%s is not the controller that the token is for (its key is %s, the token names %s): another one answers in its place. Nothing is trusted here, and the token is no secret any more: ask for a new one"
              .formatted(ticket.server(), controller.keyId(), ticket.token().controllerKeyId()));
    }
    return present
        .map(EdgeProfile::controller)
        .filter(trusted -> !trusted.equals(controller))
        .map(
            trusted ->
                "%s is another controller than the one this edge trusts (key %s, pinned is %s): nothing is changed here; use another --state-dir for it"
                    .formatted(ticket.server(), controller.keyId(), trusted.keyId()));
  }

  /** New keys count in this group alone: the device has to join the others again. */
  private static EdgeProfile profile(
      Ticket ticket, Keys choice, Optional<EdgeProfile> present, ControllerPublicKey controller) {
    EdgeProfile fresh =
        new EdgeProfile(ticket.edge(), ticket.server(), controller, new TreeSet<>());
    return switch (choice) {
      case KEEP -> present.orElse(fresh).joined(ticket.group());
      case RENEW -> fresh.joined(ticket.group());
    };
  }

  private void requireSameEdge(EdgeProfile present, Ticket ticket) {
    if (!present.edge().equals(ticket.edge())) {
      throw new EdgeFailure(
          "%s is the directory of edge %s: join as %s, or name another directory with --state-dir"
              .formatted(home.directory(), present.edge(), present.edge()));
    }
  }
}
