package io.linkwright.topology.query;

import io.javalin.http.Context;
import io.linkwright.domain.id.GroupId;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.QueryParameters;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.topology.query.ViewQueries.Waited;
import io.linkwright.topology.view.Damage;
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
    OptionalLong after = query.optionalLong(ApiQuery.AFTER, 0, Long.MAX_VALUE - 1);
    query.done();
    OptionalLong lastSeen = lastEventId(context);
    long revision = queries.read(group, view -> view.group(group).revision());
    if (revision == 0) {
      throw QueryRoutes.unknownGroup(group);
    }
    long start = lastSeen.orElse(after.orElse(revision));
    if (start > revision) {
      requireReached(group, start, lastSeen.isPresent() ? LAST_EVENT_ID : ApiQuery.AFTER);
    }
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    QueryRoutes.addAge(context, queries.age(group));
    response.setHeader("Cache-Control", "no-store");
    // A proxy must not hold changes back to fill its buffer.
    response.setHeader("X-Accel-Buffering", "no");
    try {
      streams.serve(group, start, response.getOutputStream());
    } catch (IOException clientGone) {
      LOG.debug("change stream ended group={}", group, clientGone);
    }
  }

  /**
   * A client that has seen a revision elsewhere may be a little ahead of this view. One that is
   * ahead of the log would be told nothing until the log has passed it.
   */
  private void requireReached(GroupId group, long revision, String field)
      throws InterruptedException {
    switch (queries.await(group, revision)) {
      case Waited.Reached _ -> {}
      case Waited.StandsStill(Damage damage) -> throw DamageAnswers.problem(damage);
      case Waited.NeverComes(long last) ->
          throw new ProblemException(
              Problem.invalid(
                  field,
                  "must be a revision that there is: the log of %s ends at %d"
                      .formatted(group, last)));
      case Waited.TimedOut _ ->
          throw new ProblemException(
              Problem.invalid(
                  field, "the view of %s has not come to revision %d".formatted(group, revision)));
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
