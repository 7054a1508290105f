package io.linkwright.topology.query;

import io.javalin.http.Context;
import io.linkwright.domain.GroupId;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.QueryParameters;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/groups/{group}/changes}: server-sent events. Starts after the revision in {@code
 * Last-Event-ID}, or {@code ?after=} where a header cannot be set, or with what comes next.
 */
final class ChangeRoute {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeRoute.class);
  static final String LAST_EVENT_ID = "Last-Event-ID";

  private final ViewQueries queries;
  private final ChangeStreams streams;

  ChangeRoute(ViewQueries queries, ChangeStreams streams) {
    this.queries = queries;
    this.streams = streams;
  }

  void serve(Context context) throws InterruptedException {
    GroupId group = QueryRoutes.group(context);
    QueryParameters query = QueryParameters.of(context);
    OptionalLong after = query.optionalLong("after", 0, Long.MAX_VALUE - 1);
    query.done();
    OptionalLong lastSeen = lastEventId(context);
    long revision = queries.read(group, view -> view.group(group).revision());
    if (revision == 0) {
      throw QueryRoutes.unknownGroup(group);
    }
    long start = lastSeen.orElse(after.orElse(revision));
    // Another instance may have shown more already; what nobody has shown does not come by waiting.
    if (start > revision && !queries.await(group, start)) {
      throw new ProblemException(
          Problem.invalid(
              lastSeen.isPresent() ? LAST_EVENT_ID : "after",
              "%s is at revision %d, there is no %d yet".formatted(group, revision, start)));
    }
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-store");
    // A proxy must not hold changes back to fill its buffer.
    response.setHeader("X-Accel-Buffering", "no");
    try {
      streams.serve(group, start, response.getOutputStream());
    } catch (IOException clientGone) {
      LOG.debug("change stream ended group={}", group, clientGone);
    }
  }

  private static OptionalLong lastEventId(Context context) {
    String header = context.header(LAST_EVENT_ID);
    if (header == null || header.isBlank()) {
      return OptionalLong.empty();
    }
    return QueryParameters.decimal(header.strip())
        .filter(revision -> revision < Long.MAX_VALUE)
        .map(OptionalLong::of)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalid(LAST_EVENT_ID, "must be a revision, as the events' ids are")));
  }
}
