package io.linkwright.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a group should be, kept in plain maps and checked the slow way. Owned by the test's thread.
 */
final class GroupModel {
  private final Map<EdgeId, Member> members = new TreeMap<>();
  private final Map<LinkId, LinkConfiguration> links = new TreeMap<>();

  private final Set<String> revokedKeys = new HashSet<>();

  /** Whether members are being configured anew, as they are. */
  private boolean recovering;

  /** Takes an event that should be possible now, checking it against the model. */
  void apply(GroupEvent event, Cidr pool) {
    recovering =
        event instanceof GroupEvent.GroupRecovered
            || (recovering && event instanceof GroupEvent.MemberChanged);
    switch (event) {
      case GroupEvent.GroupCreated _, GroupEvent.GroupDeleted _ -> {
        revokedKeys.clear();
        assertThat(members).isEmpty();
        assertThat(links).isEmpty();
      }
      case GroupEvent.GroupChanged _ -> {}
      case GroupEvent.MemberAdded(Member member) -> {
        checkNewKeys(Optional.empty(), member);
        assertThat(member.overlayAddresses())
            .isEqualTo(lowestFree(pool, member.overlayAddresses().size()));
        assertThat(members.put(member.edge(), member)).isNull();
      }
      case GroupEvent.MemberChanged(Member member) -> {
        Member before = members.put(member.edge(), member);
        assertThat(before).isNotNull();
        assertThat(before.equals(member)).isEqualTo(recovering);
        checkNewKeys(before.keys(), member);
      }
      case GroupEvent.MemberRevoked(Member member, List<String> keyFingerprints) -> {
        Member before = members.put(member.edge(), member);
        assertThat(before).isNotNull();
        // Said again where the links of a member that was revoked before are taken.
        if (before.standing() != EnrollmentStanding.REVOKED) {
          assertThat(before).isNotEqualTo(member);
        }
        assertThat(keyFingerprints)
            .isEqualTo(before.keys().map(MemberKeys::fingerprints).orElse(List.of()));
        assertThat(member.standing()).isEqualTo(EnrollmentStanding.REVOKED);
        revokedKeys.addAll(keyFingerprints);
      }
      case GroupEvent.MemberRemoved(EdgeId edge) -> {
        assertThat(links.keySet()).noneMatch(link -> link.joins(edge));
        assertThat(members.remove(edge)).isNotNull();
      }
      case GroupEvent.LinkAdded(LinkConfiguration link) -> {
        assertThat(link.keyVersion()).isPositive(); // above 1 if it comes again within a command
        assertThat(links.put(link.id(), link)).isNull();
      }
      case GroupEvent.LinkChanged(LinkConfiguration link) ->
          assertThat(links.put(link.id(), link))
              .isNotNull()
              .satisfies(old -> assertThat(link.keyVersion()).isEqualTo(old.keyVersion() + 1));
      case GroupEvent.LinkSuspended(LinkConfiguration link) ->
          assertThat(links.put(link.id(), link))
              .isNotNull()
              .matches(LinkConfiguration::isConfigurable)
              .satisfies(old -> assertThat(link.keyVersion()).isEqualTo(old.keyVersion() + 1));
      case GroupEvent.LinkRemoved(LinkId link) -> assertThat(links.remove(link)).isNotNull();
      case GroupEvent.GroupRecovered _ -> {}
    }
  }

  /** Keys that were taken away never come back. */
  private void checkNewKeys(Optional<MemberKeys> before, Member member) {
    if (member.keys().isPresent() && !member.keys().equals(before)) {
      assertThat(member.keys().get().fingerprints()).noneMatch(revokedKeys::contains);
    }
  }

  /** Checks a state, as it is after a whole command, against the model and the rules. */
  void check(GroupState.Active group) {
    recovering = false;
    assertThat(group.members()).containsExactlyElementsOf(members.values());
    assertThat(group.links()).containsExactlyElementsOf(links.values());
    assertThat(group.memberCount()).isEqualTo(members.size());
    assertThat(group.linkCount()).isEqualTo(links.size());
    for (EdgeId edge : members.keySet()) {
      assertThat(group.linksOf(edge))
          .containsExactlyInAnyOrderElementsOf(
              links.values().stream().filter(link -> link.id().joins(edge)).toList());
    }
    checkTopology(group.settings());
    checkKeys();
    checkAddresses(group.settings());
    checkSubnets(group.settings());
    checkSpis();
    links.values().forEach(link -> checkLink(group.settings(), link));
  }

  /** No two members have a key in common. */
  private void checkKeys() {
    assertThat(
            members.values().stream()
                .flatMap(member -> member.keys().stream())
                .flatMap(keys -> keys.fingerprints().stream()))
        .doesNotHaveDuplicates();
  }

  private void checkTopology(GroupSettings settings) {
    switch (settings.topology()) {
      case PARTIAL_MESH -> assertThat(settings.hub()).isEmpty();
      case MESH -> {
        assertThat(settings.hub()).isEmpty();
        assertThat(links).hasSize(members.size() * (members.size() - 1) / 2);
      }
      case HUB_SPOKE -> {
        EdgeId hub = settings.hub().orElseThrow();
        assertThat(links.keySet()).allMatch(link -> link.joins(hub));
        assertThat(links).hasSize(members.containsKey(hub) ? members.size() - 1 : 0);
      }
    }
  }

  private void checkAddresses(GroupSettings settings) {
    List<IpAddress> addresses =
        members.values().stream().flatMap(member -> member.overlayAddresses().stream()).toList();
    assertThat(addresses)
        .hasSize(members.size() * settings.tunnelCount())
        .doesNotHaveDuplicates()
        .allMatch(address -> settings.addressPool().overlaps(Cidr.host(address)));
  }

  private void checkSubnets(GroupSettings settings) {
    List<Cidr> all =
        Stream.concat(
                Stream.of(settings.addressPool()),
                members.values().stream().flatMap(member -> member.allowedSubnets().stream()))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        assertThat(all.get(i).overlaps(all.get(j))).isFalse();
      }
    }
  }

  private void checkSpis() {
    Set<String> seen = new HashSet<>();
    for (LinkConfiguration link : links.values()) {
      for (Tunnel tunnel : link.tunnels()) {
        if (tunnel.keys() instanceof TunnelKeys.SecurityAssociations(var aToB, var bToA)) {
          assertThat(seen.add(link.id().edgeB() + " " + aToB.spi())).isTrue();
          assertThat(seen.add(link.id().edgeA() + " " + bToA.spi())).isTrue();
        }
      }
    }
  }

  private void checkLink(GroupSettings settings, LinkConfiguration link) {
    Member a = members.get(link.id().edgeA());
    Member b = members.get(link.id().edgeB());
    boolean enrolled = a.keys().isPresent() && b.keys().isPresent();
    assertThat(link.isConfigurable()).isEqualTo(enrolled);
    assertThat(link.protocol()).isEqualTo(settings.tunnelProtocol());
    assertThat(link.endA()).isEqualTo(new LinkEnd(a.edge(), a.endpoint(), a.allowedSubnets()));
    assertThat(link.endB()).isEqualTo(new LinkEnd(b.edge(), b.endpoint(), b.allowedSubnets()));
    assertThat(link.tunnels()).extracting(Tunnel::index).isEqualTo(tunnelIndexes(settings));
    boolean publicKeys = enrolled && settings.tunnelProtocol() == TunnelProtocol.WIREGUARD;
    for (Tunnel tunnel : link.tunnels()) {
      checkEnd(tunnel.endA(), tunnel.index(), a, publicKeys);
      checkEnd(tunnel.endB(), tunnel.index(), b, publicKeys);
    }
  }

  private static void checkEnd(TunnelEnd end, int index, Member member, boolean publicKeys) {
    assertThat(end.overlayAddress()).isEqualTo(member.overlayAddresses().get(index));
    assertThat(end.wireGuardKey())
        .isEqualTo(member.keys().filter(_ -> publicKeys).map(keys -> keys.wireGuard().get(index)));
  }

  private static List<Integer> tunnelIndexes(GroupSettings settings) {
    return settings.dualTunnel() ? List.of(0, 1) : List.of(0);
  }

  private List<IpAddress> lowestFree(Cidr pool, int count) {
    Set<IpAddress> taken = new HashSet<>();
    members.values().forEach(member -> taken.addAll(member.overlayAddresses()));
    List<IpAddress> free = new ArrayList<>();
    for (IpAddress host = pool.network().plus(1); free.size() < count; host = host.plus(1)) {
      if (!taken.contains(host)) {
        free.add(host);
      }
    }
    return free;
  }
}
