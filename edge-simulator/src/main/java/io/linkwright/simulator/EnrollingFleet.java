package io.linkwright.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Member;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import io.linkwright.schemas.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every member that awaits enrollment a simulated edge: makes keys, registers them as an
 * operator would, and lets the edge connect once the log says that they count. A member that
 * somebody else enrolled is left alone. The watch's thread owns the memberships; keys, connections
 * and requests are handled by threads of their own, so that the watch never waits.
 */
public final class EnrollingFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EnrollingFleet.class);
  private static final int REQUESTS_IN_FLIGHT = 4;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SimulatedEdges edges;
  private final LinkwrightApi api;
  private final Map<EdgeId, Set<GroupId>> memberships = new HashMap<>();

  /** One thread: an edge is started and stopped in the order of its memberships. */
  private final ExecutorService lifecycles =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("simulated-edges").factory());

  /** Its queue is bounded by the members there are. */
  private final ScheduledExecutorService enrollments =
      Executors.newScheduledThreadPool(
          REQUESTS_IN_FLIGHT, Thread.ofPlatform().daemon().name("simulated-enrollment").factory());

  private final MembershipWatch watch;

  /** Starts to watch the log. The edges and the API stay the caller's to close. */
  public EnrollingFleet(
      String bootstrapServers, WireFormat wire, LinkwrightApi api, SimulatedEdges edges) {
    this.edges = edges;
    this.api = api;
    this.watch = new MembershipWatch(bootstrapServers, wire, new Memberships());
  }

  @Override
  public void close() {
    watch.close();
    enrollments.shutdownNow();
    lifecycles.shutdownNow();
    try {
      if (!lifecycles.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("simulated edges not at rest within {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Memberships implements MembershipWatch.Listener {
    @Override
    public void present(GroupId group, TunnelProtocol protocol, Member member) {
      memberships.computeIfAbsent(member.edge(), _ -> new HashSet<>()).add(group);
      if (member.keys().isEmpty()) {
        enrollAfter(Duration.ZERO, group, protocol, member.edge());
      } else {
        inTurn(() -> startIfOurs(member));
      }
    }

    @Override
    public void gone(GroupId group, EdgeId edge) {
      Set<GroupId> left = memberships.getOrDefault(edge, new HashSet<>());
      left.remove(group);
      if (left.isEmpty()) {
        memberships.remove(edge);
        inTurn(() -> edges.stop(edge));
      }
    }
  }

  /** One edge that cannot be started or stopped leaves the others alone. */
  private void inTurn(Runnable step) {
    try {
      lifecycles.execute(
          () -> {
            try {
              step.run();
            } catch (RuntimeException failed) {
              LOG.warn("simulated edge not started or stopped", failed);
            }
          });
    } catch (RejectedExecutionException closed) {
      LOG.debug("closed", closed);
    }
  }

  private void startIfOurs(Member member) {
    EdgeId edge = member.edge();
    if (!edges.hasKeys(edge)) {
      return;
    }
    PublicKey ours = edges.keys(edge).publicKeys().identity();
    if (member.keys().filter(keys -> keys.identity().equals(ours)).isPresent()) {
      edges.start(edge);
    }
  }

  private void enrollAfter(Duration pause, GroupId group, TunnelProtocol protocol, EdgeId edge) {
    try {
      var _ =
          enrollments.schedule(
              () -> enroll(group, protocol, edge), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.debug("closed", closed);
    }
  }

  /** A server that does not answer is asked again; one that refuses has its reasons. */
  private void enroll(GroupId group, TunnelProtocol protocol, EdgeId edge) {
    try {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode();
      body.set("keys", MemberKeysJson.of(edges.keys(edge).publicKeysFor(protocol)));
      api.send(ApiCommand.patch(ApiPaths.at(ApiPaths.MEMBER, group, edge), body));
    } catch (ApiException.Refused refused) {
      if (refused.problem().status() != 404) {
        LOG.warn("edge not enrolled group={} edge={} reason={}", group, edge, refused.getMessage());
      }
    } catch (ApiException noAnswer) {
      LOG.warn(
          "edge not enrolled, again in {} group={} edge={} reason={}",
          PAUSE_AFTER_FAILURE,
          group,
          edge,
          noAnswer.getMessage());
      enrollAfter(PAUSE_AFTER_FAILURE, group, protocol, edge);
    } catch (RuntimeException failed) {
      LOG.warn("edge not enrolled group={} edge={}", group, edge, failed);
    }
  }
}
