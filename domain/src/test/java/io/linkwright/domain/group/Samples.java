package io.linkwright.domain.group;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Values that tests name instead of spelling out. */
public final class Samples {
  /** The group of most tests. */
  public static final GroupId GROUP = new GroupId("backbone");

  /** When every command of a test is given. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Samples() {}

  /** An edge id. */
  public static EdgeId edge(String id) {
    return new EdgeId(id);
  }

  /** The two ends of a link, as a client names them. */
  public static EdgePair pair(String a, String b) {
    return new EdgePair(edge(a), edge(b));
  }

  /** A link id. */
  public static LinkId link(String text) {
    return LinkId.parse(text);
  }

  /** Settings of a group without dual tunnel that has a hub only if its topology needs one. */
  public static GroupSettings settings(Topology topology, TunnelProtocol protocol) {
    return new GroupSettings(
        GROUP,
        "Backbone",
        topology,
        protocol,
        false,
        topology == Topology.HUB_SPOKE ? Optional.of(edge("hub")) : Optional.empty(),
        GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  /** The settings with dual tunnel. */
  public static GroupSettings dual(GroupSettings settings) {
    return new GroupSettings(
        settings.id(),
        settings.name(),
        settings.topology(),
        settings.tunnelProtocol(),
        true,
        settings.hub(),
        settings.addressPool());
  }

  /** The settings with another pool. */
  public static GroupSettings pooled(GroupSettings settings, String addressPool) {
    return new GroupSettings(
        settings.id(),
        settings.name(),
        settings.topology(),
        settings.tunnelProtocol(),
        settings.dualTunnel(),
        settings.hub(),
        Cidr.parse(addressPool));
  }

  /** A member that awaits enrollment, without endpoint. */
  public static NewMember awaiting(String edge, String... subnets) {
    return new NewMember(
        edge(edge),
        edge,
        Optional.empty(),
        Arrays.stream(subnets).map(Cidr::parse).toList(),
        Optional.empty(),
        Optional.empty());
  }

  /** An enrolled member with an endpoint. */
  public static NewMember enrolled(String edge, String... subnets) {
    NewMember awaiting = awaiting(edge, subnets);
    return new NewMember(
        awaiting.edge(),
        awaiting.name(),
        Optional.of(new Endpoint(edge + ".example.net", 51_820)),
        awaiting.allowedSubnets(),
        Optional.empty(),
        Optional.of(keys(edge)));
  }

  /** Keys of an edge that has WireGuard keys too. Not real keys, but of the right form. */
  public static MemberKeys keys(String owner) {
    return new MemberKeys(
        publicKey(owner + " identity", MemberKeys.IDENTITY_LENGTH_BYTES),
        publicKey(owner + " sealing", MemberKeys.SEALING_LENGTH_BYTES),
        List.of(
            publicKey(owner + " wg2", MemberKeys.WIREGUARD_LENGTH_BYTES),
            publicKey(owner + " wg3", MemberKeys.WIREGUARD_LENGTH_BYTES)));
  }

  /** Keys of an edge that has none for WireGuard. */
  public static MemberKeys keysWithoutWireGuard(String owner) {
    MemberKeys all = keys(owner);
    return new MemberKeys(all.identity(), all.sealing(), List.of());
  }

  /** A seed that follows from a number. */
  public static KeySeed seed(long number) {
    return new KeySeed(sha256("seed " + number));
  }

  /** A command in its envelope; the seed follows from the number. */
  public static CommandEnvelope envelope(GroupCommand command, long number) {
    return envelopeAt(NOW, command, number);
  }

  /** A command given at this time. */
  public static CommandEnvelope envelopeAt(Instant time, GroupCommand command, long number) {
    return new CommandEnvelope(
        command, "command-" + number, "tester", time, OptionalLong.empty(), seed(number));
  }

  /** A token that follows from a name; not random, but of the right form. */
  public static EnrollmentToken token(String name) {
    return EnrollmentToken.of("0123456789abcdef", sha256("token " + name));
  }

  private static PublicKey publicKey(String name, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    byte[] pattern = sha256(name);
    for (int i = 0; i < lengthBytes; i++) {
      bytes[i] = pattern[i % pattern.length];
    }
    return PublicKey.ofBytes(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
