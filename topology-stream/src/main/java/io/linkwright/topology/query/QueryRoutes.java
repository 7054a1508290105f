package io.linkwright.topology.query;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.http.Answers;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.QueryParameters;
import io.linkwright.http.access.Access;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventPage;
import io.linkwright.topology.query.AuditLog.Excerpt;
import io.linkwright.topology.query.ViewQueries.Waited;
import io.linkwright.topology.view.ChangeFeed;
import io.linkwright.topology.view.Damage;
import io.linkwright.topology.view.GroupView;
import io.linkwright.topology.view.Page;
import io.linkwright.topology.view.ViewClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The queries over HTTP. Each request runs in a virtual thread of its own, so waiting is cheap. */
public final class QueryRoutes implements AutoCloseable {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  /**
   * On every answer: how old what it shows is at most. Left out while nobody can tell, as before a
   * partition that has just come here was compared with the log.
   */
  static final String AGE_HEADER = "Linkwright-View-Age-Ms";

  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Longer than another instance may wait for a revision and then for the log. */
  private static final Duration FORWARD_TIMEOUT = Duration.ofSeconds(20);

  private final InstanceForwarding instances;
  private final HolderForwarding holders;
  private final ViewQueries queries;
  private final GroupAnswers groups;
  private final GroupGathering listing;
  private final LinkAnswers links;
  private final AuditLog audit;
  private final ChangeStreams changes;

  /** Queries over these instances' view and this log, at what {@code time} says is now. */
  public QueryRoutes(Instances view, Live live, EventLog log, InstantSource time) {
    this.instances = view.forwarding();
    this.queries = new ViewQueries(view.partitions(), live.clock(), live.feed());
    this.holders = new HolderForwarding(queries, instances);
    this.groups = new GroupAnswers(time);
    this.listing = new GroupGathering(queries, new GroupListing(queries, groups), instances);
    this.links = new LinkAnswers(time);
    this.audit = new AuditLog(queries, log);
    this.changes = new ChangeStreams(audit, live.feed());
  }

  /** The view as it is spread over instances. */
  public record Instances(ViewPartitions partitions, InstanceForwarding forwarding) {}

  /** How queries are passed on by this instance. */
  public static InstanceForwarding forwarding(String instanceId) {
    return new InstanceForwarding(
        instanceId, FORWARD_TIMEOUT, List.of(ChangeRoute.LAST_EVENT_ID, Header.AUTHORIZATION));
  }

  /** What the view's writer shares with who reads it. */
  public record Live(ViewClock clock, ChangeFeed feed) {}

  /** Adds the routes and the answers to what can go wrong with them. */
  public void addTo(RoutesConfig routes) {
    routes.get(ApiPaths.GROUPS, this::listGroups, Access.READ);
    routes.get(ApiPaths.GROUP, holders.orElsewhere(this::showGroup), Access.READ);
    routes.get(ApiPaths.MEMBERS, holders.orElsewhere(this::listMembers), Access.READ);
    routes.get(ApiPaths.MEMBER, holders.orElsewhere(this::showMember), Access.READ);
    routes.get(ApiPaths.LINKS, holders.orElsewhere(this::listLinks), Access.READ);
    routes.get(ApiPaths.GRAPH, holders.orElsewhere(this::showGraph), Access.READ);
    routes.get(ApiPaths.EVENTS, holders.orElsewhere(this::listEvents), Access.AUDIT);
    routes.get(
        ApiPaths.CHANGES,
        holders.orStreamedFromElsewhere(new ChangeRoute(queries, changes)::serve),
        Access.AUDIT);
    routes.exception(
        ViewPartitions.ViewNotReadyException.class,
        (reason, context) -> notReady(context, reason.getMessage()));
    routes.exception(
        EventLog.EventLogUnavailableException.class,
        (reason, context) -> notReady(context, reason.getMessage()));
    routes.exception(
        ChangeStreams.TooManyStreamsException.class,
        (reason, context) -> notReady(context, reason.getMessage()));
    routes.exception(
        ChangeFeed.TooManyWatchersException.class,
        (reason, context) -> notReady(context, reason.getMessage()));
  }

  /** Ends the streams of changes, and lets none begin. */
  @Override
  public void close() {
    changes.close();
    instances.endStreams();
  }

  private void listGroups(Context context) throws InterruptedException {
    QueryParameters query = QueryParameters.of(context);
    Page<GroupId> page = page(query, GroupId::new);
    query.done();
    Answers.json(context, 200, listing.groups(context, page));
  }

  private void showGroup(Context context) throws InterruptedException {
    GroupId group = group(context);
    QueryParameters query = QueryParameters.of(context);
    answerAt(context, query, group, view -> groups.group(view, group));
  }

  private void listMembers(Context context) throws InterruptedException {
    GroupId group = group(context);
    QueryParameters query = QueryParameters.of(context);
    Page<EdgeId> page = page(query, EdgeId::new);
    answerAt(context, query, group, view -> groups.members(view, group, page));
  }

  private void showMember(Context context) throws InterruptedException {
    GroupId group = group(context);
    EdgeId edge = pathId(context, ApiPaths.EDGE_ID, EdgeId::new);
    QueryParameters query = QueryParameters.of(context);
    answerAt(
        context,
        query,
        group,
        view -> existing(view, group, edge, groups.member(view, group, edge)));
  }

  private void listLinks(Context context) throws InterruptedException {
    GroupId group = group(context);
    QueryParameters query = QueryParameters.of(context);
    Optional<EdgeId> edge = query.parsed(ApiQuery.EDGE, EdgeId::new);
    Page<LinkId> page = page(query, LinkId::parse);
    edge.ifPresent(end -> requireEndingAt(page, end));
    answerAt(
        context,
        query,
        group,
        view ->
            edge.isEmpty()
                ? links.links(view, group, page)
                : existing(view, group, edge.get(), links.linksOf(view, group, edge.get(), page)));
  }

  private void showGraph(Context context) throws InterruptedException {
    GroupId group = group(context);
    answerAt(context, QueryParameters.of(context), group, view -> GraphAnswers.graph(view, group));
  }

  private void listEvents(Context context) throws InterruptedException {
    GroupId group = group(context);
    QueryParameters query = QueryParameters.of(context);
    long from = query.optionalLong(ApiQuery.FROM, 1, Long.MAX_VALUE).orElse(1);
    int limit = query.integer(ApiQuery.LIMIT, DEFAULT_LIMIT, 1, EventLog.MAX_EVENTS);
    awaitRevision(query, group);
    Excerpt excerpt = audit.from(group, from, limit);
    if (excerpt.revision() == 0) {
      throw unknownGroup(group);
    }
    // Not simply the next number: a recovery leaves some out.
    long next =
        excerpt.events().isEmpty()
            ? excerpt.revision() + 1
            : excerpt.events().getLast().event().revision() + 1;
    EventPage page =
        new EventPage(
            excerpt.revision(),
            excerpt.events().stream()
                .map(applied -> EventAnswer.of(applied.event(), applied.consequences()))
                .toList(),
            next <= excerpt.revision() ? Optional.of(next) : Optional.empty());
    addAge(context, queries.age(group));
    Answers.json(context, 200, page);
  }

  static void addAge(Context context, Optional<Duration> age) {
    age.ifPresent(known -> context.header(AGE_HEADER, Long.toString(known.toMillis())));
  }

  private void answerAt(
      Context context,
      QueryParameters query,
      GroupId group,
      Function<GroupView, ? extends Optional<?>> answer)
      throws InterruptedException {
    awaitRevision(query, group);
    Object found = queries.read(group, answer::apply).orElseThrow(() -> absent(group));
    addAge(context, queries.age(group));
    Answers.json(context, 200, found);
  }

  private void awaitRevision(QueryParameters query, GroupId group) throws InterruptedException {
    long minRevision = query.optionalLong(ApiQuery.MIN_REVISION, 0, Long.MAX_VALUE).orElse(0);
    query.done();
    switch (queries.await(group, minRevision)) {
      case Waited.Reached _ -> {}
      case Waited.NeverComes(long revision) -> throw neverComes(group, revision);
      case Waited.StandsStill(Damage damage) -> throw DamageAnswers.problem(damage);
      case Waited.TimedOut _ ->
          throw new ProblemException(
              Problem.notReady(
                  "the view of %s has not reached revision %d within %d s"
                      .formatted(group, minRevision, ViewQueries.REVISION_TIMEOUT.toSeconds()),
                  RETRY_AFTER));
    }
  }

  private static ProblemException neverComes(GroupId group, long revision) {
    return revision == 0
        ? unknownGroup(group)
        : new ProblemException(
            Problem.invalid(
                ApiQuery.MIN_REVISION,
                "the log of %s ends at revision %d".formatted(group, revision)));
  }

  /** There is no such group, or none that can be shown. */
  private ProblemException absent(GroupId group) {
    return queries
        .read(group, view -> view.group(group).damage())
        .map(DamageAnswers::problem)
        .orElseGet(() -> unknownGroup(group));
  }

  /** Tells an unknown member of a known group from an unknown group. */
  private static <T> Optional<T> existing(
      GroupView view, GroupId group, EdgeId edge, Optional<T> answer) {
    if (answer.isEmpty() && view.group(group).settings().isPresent()) {
      throw new ProblemException(
          Problem.of(
              404,
              RejectionCode.UNKNOWN_MEMBER.name(),
              "%s is no member of %s".formatted(edge, group)));
    }
    return answer;
  }

  private static void requireEndingAt(Page<LinkId> page, EdgeId edge) {
    if (page.after().filter(link -> !link.joins(edge)).isPresent()) {
      throw new ProblemException(
          Problem.invalid(ApiQuery.AFTER, "must be a link that ends at %s".formatted(edge)));
    }
  }

  private static <T> Page<T> page(QueryParameters query, Function<String, T> parser) {
    return new Page<>(
        query.parsed(ApiQuery.AFTER, parser),
        query.integer(ApiQuery.LIMIT, DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  static GroupId group(Context context) {
    return pathId(context, ApiPaths.GROUP_ID, GroupId::new);
  }

  static ProblemException unknownGroup(GroupId group) {
    return new ProblemException(
        Problem.of(
            404, RejectionCode.UNKNOWN_GROUP.name(), "there is no group %s".formatted(group)));
  }

  private static <T> T pathId(Context context, String name, Function<String, T> parser) {
    try {
      return parser.apply(context.pathParam(name));
    } catch (IllegalArgumentException noSlug) {
      throw new ProblemException(Problem.invalid(name, noSlug.getMessage()));
    }
  }

  private static void notReady(Context context, String reason) {
    Answers.problem(context, Problem.notReady(reason, RETRY_AFTER));
  }
}
