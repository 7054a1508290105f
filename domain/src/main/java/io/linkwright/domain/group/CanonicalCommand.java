package io.linkwright.domain.group;

import io.linkwright.domain.address.Position;
import io.linkwright.domain.group.GroupCommand.AddMember;
import io.linkwright.domain.group.GroupCommand.ChangeGroup;
import io.linkwright.domain.group.GroupCommand.ChangeLinks;
import io.linkwright.domain.group.GroupCommand.EnrollMember;
import io.linkwright.domain.group.GroupCommand.RenewKeys;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import io.linkwright.domain.member.TokenHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The one spelling of a command, fed to a hash. Digests are on logs for ever, so the spelling of a
 * command that exists never changes: a new field is fed only where it is set. Left out is what a
 * server makes for a command: time, seed, the hash of a new token. Each text goes in with its
 * length before it, so that no two commands are spelled alike. Owned by one thread.
 */
final class CanonicalCommand {
  private static final String VERSION = "linkwright command v1";

  private final MessageDigest hash;

  private CanonicalCommand() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }

  static CanonicalCommand of(GroupCommand command) {
    CanonicalCommand canonical = new CanonicalCommand();
    canonical.text(VERSION).text(command.group().value());
    canonical.add(command);
    return canonical;
  }

  String sha256Hex() {
    return HexFormat.of().formatHex(hash.digest());
  }

  private void add(GroupCommand command) {
    switch (command) {
      case GroupCommand.CreateGroup(GroupSettings settings) -> text("create-group").add(settings);
      case ChangeGroup change -> text("change-group").add(change);
      case GroupCommand.DeleteGroup _ -> text("delete-group");
      case GroupCommand.RecoverGroup(_, long aboveRevision) ->
          text("recover-group").text(Long.toString(aboveRevision));
      case AddMember(_, NewMember member, Optional<Invitation> invitation) ->
          text("add-member").add(member).invitation(invitation);
      case GroupCommand.ChangeMember(_, EdgeId edge, MemberChange change) ->
          text("change-member").text(edge).add(change);
      case GroupCommand.RemoveMember(_, EdgeId edge) -> text("remove-member").text(edge);
      case GroupCommand.InviteMember(_, EdgeId edge, Invitation invitation) ->
          text("invite-member").text(edge).invitation(Optional.of(invitation));
      case EnrollMember(_, EdgeId edge, TokenHash token, MemberKeys keys) ->
          text("enroll-member").text(edge).text(token.hex()).keys(Optional.of(keys));
      case GroupCommand.RevokeMember(_, EdgeId edge, RevokedLinks links) ->
          text("revoke-member").text(edge).text(links.label());
      case GroupCommand.AddLink(_, EdgePair pair) -> text("add-link").add(pair);
      case GroupCommand.RemoveLink(_, LinkId link) -> text("remove-link").text(link);
      case ChangeLinks(_, var add, var remove) -> text("change-links").pairs(add).pairs(remove);
      case GroupCommand.RekeyLink(_, LinkId link) -> text("rekey-link").text(link);
      case GroupCommand.RekeyMember(_, EdgeId edge) -> text("rekey-member").text(edge);
      case RenewKeys renew -> text("renew-keys").add(renew);
      case GroupCommand.ChangeContents(_, var steps) -> {
        text("change-contents").text(steps.size());
        steps.forEach(this::add);
      }
    }
  }

  private void add(GroupSettings settings) {
    text(settings.name())
        .text(settings.topology().label())
        .text(settings.tunnelProtocol().label())
        .text(settings.dualTunnel())
        .optional(settings.hub())
        .text(settings.addressPool())
        .optional(settings.rekeyEvery())
        .text(settings.associations().algorithm().label())
        .optional(settings.associations().limits().bytes())
        .optional(settings.associations().limits().packets());
  }

  private void add(ChangeGroup change) {
    optional(change.name())
        .optional(change.topology().map(Topology::label))
        .optional(change.dualTunnel())
        .optional(change.hub())
        .patch(change.rekeyEvery())
        .optional(change.associations().algorithm().map(SaAlgorithm::label))
        .patch(change.associations().bytes())
        .patch(change.associations().packets());
  }

  private CanonicalCommand add(NewMember member) {
    return text(member.edge())
        .text(member.name())
        .optional(member.endpoint())
        .texts(member.allowedSubnets())
        .optional(member.position().map(CanonicalCommand::spelled))
        .keys(member.keys());
  }

  private void add(MemberChange change) {
    optional(change.name()).patch(change.endpoint());
    text(change.allowedSubnets().isPresent()).texts(change.allowedSubnets().orElseGet(List::of));
    text(change.position().isPresent());
    optional(change.position().flatMap(each -> each).map(CanonicalCommand::spelled));
    keys(change.keys());
  }

  private CanonicalCommand invitation(Optional<Invitation> invitation) {
    return optional(invitation.map(Invitation::timeToLive));
  }

  private CanonicalCommand keys(Optional<MemberKeys> keys) {
    text(keys.isPresent());
    keys.ifPresent(
        each ->
            text(each.identity().base64())
                .text(each.sealing().base64())
                .texts(each.wireGuard().stream().map(PublicKey::base64).toList()));
    return this;
  }

  private void add(RenewKeys renew) {
    text(renew.edge()).text(renew.identity().base64());
    text(renew.keyVersions().size());
    renew.keyVersions().forEach((link, version) -> text(link).text(version));
  }

  private CanonicalCommand pairs(Collection<EdgePair> pairs) {
    text(pairs.size());
    pairs.forEach(this::add);
    return this;
  }

  /** The two ends in either order name the same link. */
  private void add(EdgePair pair) {
    boolean inOrder = pair.edgeA().compareTo(pair.edgeB()) <= 0;
    text(inOrder ? pair.edgeA() : pair.edgeB()).text(inOrder ? pair.edgeB() : pair.edgeA());
  }

  private CanonicalCommand patch(Optional<? extends Optional<?>> patched) {
    text(patched.isPresent());
    return optional(patched.flatMap(each -> each));
  }

  private CanonicalCommand optional(Optional<?> value) {
    text(value.isPresent());
    value.ifPresent(this::text);
    return this;
  }

  private CanonicalCommand texts(Collection<?> values) {
    text(values.size());
    values.forEach(this::text);
    return this;
  }

  private CanonicalCommand text(Object value) {
    byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    hash.update(bytes);
    return this;
  }

  private static String spelled(Position position) {
    return Arrays.toString(new double[] {position.latitude(), position.longitude()});
  }
}
