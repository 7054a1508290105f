package io.linkwright.topology.query;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets any instance answer about any group: a query about a group whose partition another instance
 * has, is passed on to that one, once. A query that was passed on is answered here or not at all.
 */
final class HolderForwarding {
  private static final Logger LOG = LoggerFactory.getLogger(HolderForwarding.class);
  private static final byte[] NO_BODY = {};

  /** A way of passing a request on. */
  private interface Passing {
    void on(Context context, URI holder) throws IOException, InterruptedException;
  }

  private final ViewQueries queries;
  private final InstanceForwarding instances;

  HolderForwarding(ViewQueries queries, InstanceForwarding instances) {
    this.queries = queries;
    this.instances = instances;
  }

  /** Passes on what {@code here} cannot answer. */
  Handler orElsewhere(Handler here) {
    return orBy(here, (context, holder) -> instances.forward(context, NO_BODY, holder));
  }

  /** The same for an answer that goes on until either end is gone. */
  Handler orStreamedFromElsewhere(Handler here) {
    return orBy(here, instances::stream);
  }

  private Handler orBy(Handler here, Passing passing) {
    return context -> {
      Optional<URI> holder = holder(context);
      if (holder.isEmpty()) {
        here.handle(context);
        return;
      }
      try {
        passing.on(context, holder.get());
      } catch (IOException unanswered) {
        throw unanswered(holder.get(), unanswered);
      }
    };
  }

  /** Says 503: the instance may have died, and its partitions are being taken over. */
  static ProblemException unanswered(URI holder, Exception reason) {
    LOG.warn("instance does not answer instance={}", holder, reason);
    return new ProblemException(
        Problem.notReady(
            "the instance that has this part of the view does not answer",
            QueryRoutes.RETRY_AFTER));
  }

  private Optional<URI> holder(Context context) {
    return InstanceForwarding.isForwarded(context)
        ? Optional.empty()
        : queries.elsewhere(QueryRoutes.group(context));
  }
}
