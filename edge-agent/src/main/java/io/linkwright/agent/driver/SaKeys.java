package io.linkwright.agent.driver;

import io.linkwright.agent.driver.RunningLinks.Place;
import io.linkwright.agent.driver.kernel.AssociationKeys;
import io.linkwright.agent.driver.kernel.Change;
import io.linkwright.agent.driver.kernel.KernelException;
import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.KernelObject.Association;
import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.agent.tunnel.WornKeys;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.IpsecPeer;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import io.linkwright.edgeprotocol.RenewalReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no keys of a counter-mode cipher are installed twice (RFC 4106 section 2, RFC
 * 8221 section 3), whoever wants them: a start, a repair, going back after a refusal. Every change
 * of the kernel passes here. Keys that were installed before are left out of it if a second time
 * would give them away, and in either case their link is worn: the agent asks for new ones.
 *
 * <p>Owned by the driver's lock, but for {@link #worn}, which anybody may ask.
 */
final class SaKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SaKeys.class);

  private final InstalledKeys installed;
  private volatile Map<Place, WornKeys> objectionable = Map.of();
  private volatile Map<Place, WornKeys> overLimit = Map.of();

  SaKeys(InstalledKeys installed) {
    this.installed = installed;
  }

  /** What of the changes may be made, in their order. On disk before it is in the kernel. */
  List<Change> admitted(List<Change> changes) throws KernelException {
    List<Change> admitted = new ArrayList<>();
    Set<String> fresh = new HashSet<>();
    Set<String> lost = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.Put(Association association, Optional<KernelObject> before)
          && installed.contains(association.keys().fingerprint())) {
        String key = association.keys().fingerprint();
        if (installed.objection(key).isEmpty()) {
          lost.add(key);
        }
        if (association.keys().mayBeInstalledAgain()) {
          admitted.add(change);
        } else {
          LOG.warn("{} is not installed a second time: new keys are asked for", association.id());
          before.ifPresent(altered -> admitted.add(new Change.Remove(altered)));
        }
      } else {
        if (change instanceof Change.Put(Association association, _)) {
          fresh.add(association.keys().fingerprint());
        }
        admitted.add(change);
      }
    }
    write(fresh, lost);
    return admitted;
  }

  /** What is in the kernel was installed, also if this was not written down. */
  void found(Collection<KernelObject> objects) throws KernelException {
    Set<String> unknown = new HashSet<>();
    for (KernelObject object : objects) {
      if (object instanceof Association association
          && !installed.contains(association.keys().fingerprint())) {
        unknown.add(association.keys().fingerprint());
      }
    }
    write(unknown, Set.of());
  }

  private void write(Set<String> fresh, Set<String> lost) throws KernelException {
    try {
      installed.install(fresh);
      installed.lose(lost);
    } catch (IOException failed) {
      throw new KernelException(
          "keys are not installed unless it can be written down: " + failed.getMessage());
    }
  }

  /** Looks at the links that have changed. */
  void judge(Set<Place> places, RunningLinks links) {
    Map<Place, WornKeys> next = new HashMap<>(objectionable);
    for (Place place : places) {
      Optional<WornKeys> worn = links.find(place).flatMap(this::worn);
      worn.ifPresentOrElse(keys -> next.put(place, keys), () -> next.remove(place));
    }
    objectionable = Map.copyOf(next);
    forgetOldest(links);
  }

  /** Looks at all links. */
  void judge(RunningLinks links) {
    judge(links.byPlace().keySet(), links);
  }

  /** Compares what has come in with what the group allows; the sender's side is the peer's. */
  void count(RunningLinks links, ProtocolObjects protocol, Map<ObjectId, Traffic> traffic) {
    Map<Place, WornKeys> next = new HashMap<>();
    links
        .byPlace()
        .forEach(
            (place, link) -> {
              if (isOverLimit(link, protocol, traffic)) {
                next.put(place, worn(link, RenewalReason.LIMIT));
              }
            });
    overLimit = Map.copyOf(next);
  }

  /** While keys are changing there is nothing to ask for. */
  private static boolean isOverLimit(
      RunningLink link, ProtocolObjects protocol, Map<ObjectId, Traffic> traffic) {
    if (link.configuration().limits().isEmpty() || link.generations().size() > 1) {
      return false;
    }
    return link.configuration().tunnels().stream()
        .flatMap(tunnel -> protocol.inbound(link, tunnel).stream())
        .map(traffic::get)
        .anyMatch(
            carried ->
                carried != null
                    && link.configuration()
                        .limits()
                        .areReachedBy(carried.receivedBytes(), carried.receivedPackets()));
  }

  /** The links of the group whose newest keys are worn. */
  List<WornKeys> worn(GroupId group) {
    Map<Place, WornKeys> all = new HashMap<>(overLimit);
    all.putAll(objectionable);
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().group().equals(group))
        .map(Map.Entry::getValue)
        .toList();
  }

  private Optional<WornKeys> worn(RunningLink link) {
    return fingerprints(link.newest().link())
        .flatMap(key -> installed.objection(key).stream())
        .findFirst()
        .map(reason -> worn(link, reason));
  }

  private static WornKeys worn(RunningLink link, RenewalReason reason) {
    return new WornKeys(link.configuration().link(), link.newest().keyVersion(), reason);
  }

  private void forgetOldest(RunningLinks links) {
    if (!installed.isFull()) {
      return;
    }
    Set<String> held = new HashSet<>();
    links.all().stream()
        .flatMap(link -> link.generations().stream())
        .map(KeyGeneration::link)
        .flatMap(SaKeys::fingerprints)
        .forEach(held::add);
    try {
      installed.forgetOldest(held);
    } catch (IOException failed) {
      LOG.warn("former keys are not forgotten: {}", failed.toString());
    }
  }

  /** Of the keys of its associations; none for WireGuard. */
  static Stream<String> fingerprints(PeerLink link) {
    return link.configuration().tunnels().stream()
        .flatMap(tunnel -> keys(link, tunnel))
        .map(AssociationKeys::fingerprint);
  }

  private static Stream<AssociationKeys> keys(PeerLink link, PeerTunnel tunnel) {
    if (tunnel.keys() instanceof IpsecPeer(var inbound, var outbound)
        && link.secrets().tunnels().get(tunnel.index()) instanceof SaSecrets secrets) {
      boolean isA = link.configuration().link().edgeA().equals(link.configuration().self());
      return Stream.of(
          AssociationKeys.of(inbound.algorithm(), isA ? secrets.bToA() : secrets.aToB()),
          AssociationKeys.of(outbound.algorithm(), isA ? secrets.aToB() : secrets.bToA()));
    }
    return Stream.empty();
  }

  void close() {
    try {
      installed.close();
    } catch (IOException failed) {
      LOG.warn("installed keys not closed: {}", failed.toString());
    }
  }
}
