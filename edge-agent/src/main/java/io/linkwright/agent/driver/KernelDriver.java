package io.linkwright.agent.driver;

import io.linkwright.agent.driver.RunningLinks.Place;
import io.linkwright.agent.driver.kernel.Change;
import io.linkwright.agent.driver.kernel.Kernel;
import io.linkwright.agent.driver.kernel.KernelException;
import io.linkwright.agent.driver.kernel.KernelObject;
import io.linkwright.agent.driver.kernel.ObjectId;
import io.linkwright.agent.driver.kernel.Traffic;
import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.WornKeys;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.PeerConfiguration.PeerTunnel;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tunnels in the kernel, of one protocol. What the links need is worked out as a whole, and
 * only the rows in which that differs from what is there are touched: one more link is one more
 * peer. Going back after a failure and repairing drift are the same comparison with other sides.
 *
 * <p>The agent, the watch and the drift check take turns by a lock; what they own is named so.
 */
public final class KernelDriver implements TunnelDriver {
  private static final Logger LOG = LoggerFactory.getLogger(KernelDriver.class);

  private final ProtocolObjects protocol;
  private final Planner planner;
  private final EndpointAddresses names;
  private final Probes probes;
  private final Kernel kernel;
  private final TunnelWatch watch;
  private final Optional<DriverTimer> timer;
  private final Lock lock = new ReentrantLock();

  /** Owned by the lock, like all that follows. */
  private final KernelTables tables;

  private final SaKeys keys;

  private volatile RunningLinks links = RunningLinks.NONE;
  private Set<TunnelId> failedOver = Set.of();

  /** Groups whose last plan failed: something of theirs may be in the kernel from before. */
  private final Set<GroupId> unsettled = new HashSet<>();

  private boolean hasApplied;
  private volatile Consumer<GroupId> stateChanged = _ -> {};

  /**
   * What a driver is made of.
   *
   * @param timings empty if nobody is to watch, as in a dry run
   */
  record Parts(
      Kernel kernel,
      ProtocolObjects protocol,
      Resolver resolver,
      Probes probes,
      DriverClock clock,
      InstalledKeys installedKeys,
      Optional<DriverTimings> timings) {}

  KernelDriver(Parts parts) {
    this.kernel = parts.kernel();
    this.protocol = parts.protocol();
    this.planner = new Planner(parts.protocol());
    this.probes = parts.probes();
    this.keys = new SaKeys(parts.installedKeys());
    this.tables = new KernelTables(parts.kernel(), keys);
    DriverTimings timings = parts.timings().orElse(DriverTimings.DEFAULT);
    this.names = new EndpointAddresses(parts.resolver(), parts.clock(), timings.nameInterval());
    this.watch = new TunnelWatch(parts.protocol(), parts.clock(), timings.silenceLimit());
    this.timer = parts.timings().map(given -> new DriverTimer(given, this));
  }

  @Override
  public void start(Consumer<GroupId> changed) {
    stateChanged = changed;
    timer.ifPresent(DriverTimer::start);
  }

  /**
   * A name without an address fails its own link only: that has all but the address, carries
   * nothing, and is completed by {@link #followNames} when the name resolves.
   */
  @Override
  public ApplyResult apply(TunnelPlan plan) {
    names.learn(RunningLinks.hostsOf(plan));
    lock.lock();
    try {
      return applyLocked(plan);
    } finally {
      lock.unlock();
    }
  }

  private ApplyResult applyLocked(TunnelPlan plan) {
    try {
      RunningLinks next = links.after(plan, protocol, names);
      tables.moveTo(rowsOf(RunningLinks.placesOf(plan), next, failedOver));
      links = next;
      keys.judge(RunningLinks.placesOf(plan), next);
    } catch (LinkRefusedException | KernelException refused) {
      unsettled.add(plan.group());
      return new ApplyResult.Failed(refused.getMessage());
    }
    unsettled.remove(plan.group());
    hasApplied = true;
    timer.ifPresent(DriverTimer::lookSoon);
    return new ApplyResult.Applied();
  }

  private Map<Place, SortedMap<ObjectId, KernelObject>> rowsOf(
      Set<Place> places, RunningLinks running, Set<TunnelId> dead) throws LinkRefusedException {
    Map<Place, SortedMap<ObjectId, KernelObject>> rows = new HashMap<>();
    for (Place place : places) {
      Optional<RunningLink> link = running.find(place);
      rows.put(place, link.isPresent() ? planner.plan(link.get(), dead) : new TreeMap<>());
    }
    return rows;
  }

  @Override
  public List<WornKeys> wornKeys(GroupId group) {
    return keys.worn(group);
  }

  @Override
  public List<TunnelStatus> states(GroupId group) {
    return watch.states(group, links);
  }

  @Override
  public List<LinkProblem> problems(GroupId group) {
    return links.problems(group);
  }

  /**
   * Asks for names whose time has come, and moves the links' ends to where they are now. What the
   * kernel refuses is tried again with the next call. Takes as long as the name service does.
   */
  void followNames() {
    names.refresh(links.hosts());
    lock.lock();
    try {
      RunningLinks next = links.after(names, protocol);
      Set<Place> different = next.differentFrom(links);
      if (different.isEmpty()) {
        return;
      }
      tables.moveTo(rowsOf(different, next, failedOver));
      links = next;
      keys.judge(different, next);
      LOG.info("endpoints followed: {}", different);
      different.stream().map(Place::group).distinct().forEach(stateChanged);
    } catch (LinkRefusedException | KernelException failed) {
      LOG.warn("endpoints not followed: {}", failed.getMessage());
      return;
    } finally {
      lock.unlock();
    }
    timer.ifPresent(DriverTimer::lookSoon);
  }

  /**
   * Compares what the kernel has with what it should have, and repairs the difference. What was
   * there before the agent started and is in no configuration goes too, but only when every group
   * is known to run: until then it may be just what a group is waiting for.
   *
   * @return what was repaired, in words
   */
  public List<String> reconcile() {
    lock.lock();
    try {
      List<Change> repaired = isAllKnown() ? tables.repair() : tables.repairOurs();
      keys.judge(links);
      tellWorn();
      List<String> words = repaired.stream().map(Change::inWords).toList();
      if (!words.isEmpty()) {
        LOG.warn("drift repaired: {}", String.join("; ", words));
      }
      return words;
    } catch (KernelException failed) {
      LOG.warn("drift not repaired: {}", failed.getMessage());
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAllKnown() {
    return hasApplied && unsettled.isEmpty() && !links.awaitNames();
  }

  /**
   * Looks at the counters, sends traffic of dead tunnels the other way, and tells the agent.
   *
   * @return whether there is a tunnel of which nothing is known yet
   */
  boolean look() {
    RunningLinks watched = links;
    probes.send(peers(watched));
    try {
      Map<ObjectId, Traffic> traffic = kernel.traffic(watched.interfaces());
      observe(watched, traffic).forEach(stateChanged);
      return watch.isUnsettled();
    } catch (KernelException failed) {
      LOG.warn("tunnels not watched: {}", failed.getMessage());
      return false;
    }
  }

  /** The counters of thousands of tunnels take a while to read; a plan need not wait for that. */
  private Set<GroupId> observe(RunningLinks watched, Map<ObjectId, Traffic> traffic)
      throws KernelException {
    lock.lock();
    try {
      Set<GroupId> changed = watch.observe(watched, traffic);
      keys.count(watched, planner.protocol(), traffic);
      tellWorn();
      failOver();
      return changed;
    } finally {
      lock.unlock();
    }
  }

  /** The agent asks again every while, so it need not be told twice. */
  private void tellWorn() {
    links.all().stream()
        .map(link -> link.configuration().group())
        .distinct()
        .filter(group -> !keys.worn(group).isEmpty())
        .forEach(stateChanged);
  }

  private static List<IpAddress> peers(RunningLinks watched) {
    return watched.all().stream()
        .flatMap(link -> link.configuration().tunnels().stream())
        .map(PeerTunnel::peerOverlayAddress)
        .toList();
  }

  private void failOver() throws KernelException {
    Set<TunnelId> now = watch.failedOver();
    if (now.equals(failedOver)) {
      return;
    }
    Set<TunnelId> different = new HashSet<>(now);
    different.addAll(failedOver);
    different.removeIf(id -> now.contains(id) && failedOver.contains(id));
    try {
      tables.moveTo(
          rowsOf(different.stream().map(TunnelId::place).collect(Collectors.toSet()), links, now));
    } catch (LinkRefusedException impossible) {
      throw new IllegalStateException("these links were accepted before", impossible);
    }
    LOG.info("down, traffic takes the other tunnel: {}", now);
    failedOver = now;
  }

  /** Tunnels stay in the kernel: an agent that comes back finds them, and traffic never stops. */
  @Override
  public void close() {
    stateChanged = _ -> {};
    timer.ifPresent(DriverTimer::close);
    lock.lock();
    try {
      keys.close();
    } finally {
      lock.unlock();
    }
  }
}
