package io.linkwright.command.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.command.writer.Receipt;
import io.linkwright.command.writer.Receipt.Recipients;
import io.linkwright.command.writer.Receipt.Subject;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Receipts as JSON. What is not there is {@code null}, so that the shape is always the same; every
 * answer has {@code revision}.
 */
final class Representations {
  private Representations() {}

  /** The answer to {@code command}, from the receipt alone. */
  static ObjectNode of(GroupCommand command, Receipt receipt) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("revision", receipt.revision());
    if (command instanceof GroupCommand.ChangeContents) {
      putContents(body, receipt);
      return body;
    }
    switch (receipt.subject()) {
      case Subject.GroupCreated(GroupSettings settings) -> putGroup(body, settings);
      case Subject.GroupChanged(GroupSettings settings) -> putGroup(body, settings);
      case Subject.GroupDeleted() -> {}
      case Subject.GroupRecovered(long lastRevision, int members, int links) ->
          body.put("lastRevision", lastRevision).put("members", members).put("links", links);
      case Subject.MemberAdded(Member member) -> putMember(body, member, receipt);
      case Subject.MemberChanged(Member member) -> putMember(body, member, receipt);
      case Subject.MemberRevoked(Member member, _) -> putMember(body, member, receipt);
      case Subject.MemberRemoved(EdgeId edge) -> {
        body.put("edge", edge.value());
        putRecipients(body, receipt.recipients());
      }
      case Subject.Links() -> {
        putLinks(body, command, receipt);
        putRecipients(body, receipt.recipients());
      }
    }
    return body;
  }

  /** Several commands are about whatever they have changed. */
  private static void putContents(ObjectNode body, Receipt receipt) {
    putLinkIds(body.putArray("added"), receipt.links().added());
    putLinkIds(body.putArray("changed"), receipt.links().changed());
    putLinkIds(body.putArray("removed"), receipt.links().removed());
    putRecipients(body, receipt.recipients());
  }

  private static void putGroup(ObjectNode body, GroupSettings settings) {
    body.put("id", settings.id().value());
    body.put("name", settings.name());
    body.put("topology", settings.topology().label());
    body.put("tunnelProtocol", settings.tunnelProtocol().label());
    body.put("dualTunnel", settings.dualTunnel());
    body.put("hub", settings.hub().map(EdgeId::value).orElse(null));
    body.put("addressPool", settings.addressPool().toString());
    body.put("rekeyEvery", settings.rekeyEvery().map(RekeyInterval::toString).orElse(null));
    SaPolicy associations = settings.associations();
    body.put(
        "saAlgorithm",
        switch (settings.tunnelProtocol()) {
          case IPSEC -> associations.algorithm().label();
          case WIREGUARD -> null;
        });
    body.put("rekeyAfterBytes", associations.limits().bytes().orElse(null));
    body.put("rekeyAfterPackets", associations.limits().packets().orElse(null));
  }

  private static void putMember(ObjectNode body, Member member, Receipt receipt) {
    body.put("edge", member.edge().value());
    body.put("name", member.name());
    body.put("endpoint", member.endpoint().map(Object::toString).orElse(null));
    ArrayNode subnets = body.putArray("allowedSubnets");
    member.allowedSubnets().forEach(subnet -> subnets.add(subnet.toString()));
    body.put("latitude", member.position().map(position -> position.latitude()).orElse(null));
    body.put("longitude", member.position().map(position -> position.longitude()).orElse(null));
    body.put("awaitingEnrollment", member.keys().isEmpty());
    body.put("enrollment", member.standing().label());
    body.put("tokenExpiresAt", tokenExpiry(member).map(Instant::toString).orElse(null));
    ArrayNode addresses = body.putArray("overlayAddresses");
    member.overlayAddresses().forEach(address -> addresses.add(address.toString()));
    putRecipients(body, receipt.recipients());
  }

  /** Never the hash of the token: nobody has a use for it. */
  private static Optional<Instant> tokenExpiry(Member member) {
    return member.enrollment().orElse(null) instanceof Enrollment.Invited(_, Instant expiresAt)
        ? Optional.of(expiresAt)
        : Optional.empty();
  }

  private static void putLinks(ObjectNode body, GroupCommand command, Receipt receipt) {
    switch (command) {
      case GroupCommand.AddLink(_, EdgePair pair) -> body.put("link", pair.link().toString());
      case GroupCommand.RemoveLink(_, LinkId link) -> body.put("link", link.toString());
      case GroupCommand.RekeyLink(_, LinkId link) -> body.put("link", link.toString());
      case GroupCommand.RekeyMember(_, EdgeId edge) -> {
        body.put("edge", edge.value());
        putLinkIds(body.putArray("rekeyed"), receipt.links().changed());
      }
      case GroupCommand.RenewKeys renew -> {
        body.put("edge", renew.edge().value());
        putLinkIds(body.putArray("rekeyed"), receipt.links().changed());
      }
      case GroupCommand.ChangeLinks _ -> {
        putLinkIds(body.putArray("added"), receipt.links().added());
        putLinkIds(body.putArray("removed"), receipt.links().removed());
      }
      case GroupCommand.RevokeMember revoke -> body.put("edge", revoke.edge().value());
      case GroupCommand.CreateGroup _,
          GroupCommand.ChangeGroup _,
          GroupCommand.DeleteGroup _,
          GroupCommand.RecoverGroup _,
          GroupCommand.AddMember _,
          GroupCommand.ChangeMember _,
          GroupCommand.InviteMember _,
          GroupCommand.EnrollMember _,
          GroupCommand.RemoveMember _,
          GroupCommand.ChangeContents _ ->
          throw new IllegalStateException("%s is not about links".formatted(command));
    }
  }

  private static void putLinkIds(ArrayNode array, List<LinkId> links) {
    links.forEach(link -> array.add(link.toString()));
  }

  private static void putRecipients(ObjectNode body, Recipients recipients) {
    putEdges(body.putArray("affectedEdges"), recipients.now());
    putEdges(body.putArray("awaitingEdges"), recipients.awaiting());
  }

  private static void putEdges(ArrayNode array, List<EdgeId> edges) {
    edges.forEach(edge -> array.add(edge.value()));
  }
}
