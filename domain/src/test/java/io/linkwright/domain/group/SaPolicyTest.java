package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Samples.GROUP;
import static io.linkwright.domain.group.Samples.edge;
import static io.linkwright.domain.group.Samples.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicyChange;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.TunnelKeys.SecurityAssociations;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What associations are, how much they carry, and who may ask for others. */
class SaPolicyTest {
  private static final LinkId LINK = link("a~b");

  @Test
  void anAlgorithmForTheGroupGivesEveryLinkNewKeysOfIt() {
    Scenario group = mesh(TunnelProtocol.IPSEC);

    group
        .when(change(algorithm(SaAlgorithm.AES_GCM_256_ESN)))
        .thenEvents(
            "GroupChanged backbone", "LinkChanged a~b", "LinkChanged a~c", "LinkChanged b~c");

    LinkConfiguration renewed =
        group.and(change(algorithm(SaAlgorithm.AES_GCM_256_ESN))).link("a~b");
    SecurityAssociations keys = (SecurityAssociations) renewed.tunnels().getFirst().keys();
    assertThat(keys.aToB().algorithm()).isEqualTo(SaAlgorithm.AES_GCM_256_ESN);
    assertThat(keys.bToA().algorithm()).isEqualTo(SaAlgorithm.AES_GCM_256_ESN);
    assertThat(renewed.keyVersion()).isEqualTo(2);
  }

  @Test
  void limitsReachTheLinksAndWhatIsNotNamedStays() {
    Scenario group = mesh(TunnelProtocol.IPSEC).and(change(bytes(Optional.of(1L << 30))));

    group.and(change(packets(Optional.of(5_000L))));

    assertThat(group.link("a~c").limits())
        .isEqualTo(new SaLimits(Optional.of(1L << 30), Optional.of(5_000L)));
    group.and(change(bytes(Optional.empty())));
    assertThat(group.link("a~c").limits())
        .isEqualTo(new SaLimits(Optional.empty(), Optional.of(5_000L)));
    group.when(change(packets(Optional.of(5_000L)))).thenNothing();
  }

  @Test
  void wireGuardHasNoAssociations() {
    Scenario group = mesh(TunnelProtocol.WIREGUARD);

    assertThat(group.when(change(algorithm(SaAlgorithm.AES_GCM_256_ESN))).rejection().field())
        .contains("saAlgorithm");
    assertThat(group.when(change(bytes(Optional.of(1L << 30)))).rejection().field())
        .contains("rekeyAfterBytes");
    assertThat(group.when(change(packets(Optional.of(5_000L)))).rejection().field())
        .contains("rekeyAfterPackets");
  }

  @Test
  void anEdgeRenewsItsLinksOnce() {
    Scenario group = mesh(TunnelProtocol.IPSEC);
    GroupCommand renewal = renew("a", "a", Map.of(LINK, 1, link("a~c"), 1));

    group.when(renewal).thenEvents("LinkChanged a~b", "LinkChanged a~c");

    group.and(renewal).when(renewal).thenNothing();
  }

  @Test
  void anEdgeRenewsNoLinkOfOthersAndNoneThatIsGone() {
    mesh(TunnelProtocol.IPSEC)
        .when(renew("a", "a", Map.of(link("b~c"), 1, link("a~x"), 1)))
        .thenNothing();
  }

  @Test
  void whoeverIsNotTheMemberRenewsNothing() {
    Scenario group = mesh(TunnelProtocol.IPSEC);

    assertThat(group.when(renew("a", "b", Map.of(LINK, 1))).rejection().code())
        .isEqualTo(RejectionCode.PROOF_INVALID);
    assertThat(group.when(renew("x", "a", Map.of(LINK, 1))).rejection().code())
        .isEqualTo(RejectionCode.UNKNOWN_MEMBER);
  }

  @Test
  void limitsAreReachedExactlyFromThereOn() {
    long seed = 20_261_123;
    Random random = new Random(seed);
    for (int round = 0; round < 1_000; round++) {
      long bytes = random.nextLong(SaLimits.MIN_BYTES, SaLimits.MAX_BYTES);
      long packets = random.nextLong(SaLimits.MIN_PACKETS, SaLimits.MAX_PACKETS);
      Optional<Long> maybeBytes = random.nextBoolean() ? Optional.of(bytes) : Optional.empty();
      Optional<Long> maybePackets = random.nextBoolean() ? Optional.of(packets) : Optional.empty();
      SaLimits limits = new SaLimits(maybeBytes, maybePackets);

      assertThat(limits.areReachedBy(bytes - 1, packets - 1)).as("seed %d", seed).isFalse();
      assertThat(limits.areReachedBy(bytes, packets - 1)).isEqualTo(maybeBytes.isPresent());
      assertThat(limits.areReachedBy(bytes - 1, packets)).isEqualTo(maybePackets.isPresent());
      assertThat(limits.isEmpty()).isEqualTo(!limits.areReachedBy(bytes, packets));
    }
  }

  @Test
  void limitsHaveBounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SaLimits.requireBytes(SaLimits.MIN_BYTES - 1))
        .withMessageContaining("is not within");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SaLimits.requirePackets(SaLimits.MAX_PACKETS + 1))
        .withMessageContaining("is not within");
  }

  private static Scenario mesh(TunnelProtocol protocol) {
    return Scenario.given(
        createGroup(Topology.MESH, protocol),
        add(Samples.enrolled("a")),
        add(Samples.enrolled("b")),
        add(Samples.enrolled("c")));
  }

  private static GroupCommand renew(String edge, String prover, Map<LinkId, Integer> versions) {
    return new GroupCommand.RenewKeys(
        GROUP, edge(edge), Samples.keys(prover).identity(), new TreeMap<>(versions));
  }

  private static SaPolicyChange algorithm(SaAlgorithm algorithm) {
    return new SaPolicyChange(Optional.of(algorithm), Optional.empty(), Optional.empty());
  }

  private static SaPolicyChange bytes(Optional<Long> limit) {
    return new SaPolicyChange(Optional.empty(), Optional.of(limit), Optional.empty());
  }

  private static SaPolicyChange packets(Optional<Long> limit) {
    return new SaPolicyChange(Optional.empty(), Optional.empty(), Optional.of(limit));
  }

  private static GroupCommand.ChangeGroup change(SaPolicyChange associations) {
    return new GroupCommand.ChangeGroup(
        GROUP,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        associations);
  }
}
