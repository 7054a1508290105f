package io.linkwright.console.api;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventMember;
import io.linkwright.httpapi.answer.EventPage;
import io.linkwright.httpapi.answer.EventSubject;
import io.linkwright.httpapi.answer.GraphAnswer;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.answer.MemberAnswer;
import io.linkwright.httpapi.answer.MemberDetailAnswer;
import io.linkwright.httpapi.answer.MemberPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions that pages ask. Ids come from {@link Slug}, so they need no escaping in a path.
 * Every method throws {@link ApiException}.
 */
public final class Queries {
  /** The most that the services give at once. */
  private static final int LARGEST_PAGE = 1_000;

  /** Twice what the largest group fills, in pages of that size. */
  private static final int MAX_PAGES = 300;

  private static final int NOT_FOUND = 404;
  private static final Logger LOG = LoggerFactory.getLogger(Queries.class);
  private static final int EVENTS_PAGE = 500;

  /** Ten thousand events. */
  private static final int MAX_KEY_PAGES = 20;

  private final ApiClient client;

  /** Asks through {@code client}. */
  public Queries(ApiClient client) {
    this.client = client;
  }

  /** A page of groups. */
  public Page<GroupAnswer> groups(Optional<String> after, int limit) {
    return Page.of(client.get(page(ApiPaths.GROUPS, after, limit), GroupPage.class));
  }

  /**
   * Waits until the view shows what a command has just done, so that the page that comes next does;
   * as long as the service waits for it, and no longer.
   */
  public void awaitRevision(String group, long revision) {
    try {
      var _ =
          client.get(
              ApiQuery.of(at(ApiPaths.GROUP, group))
                  .with(ApiQuery.MIN_REVISION, revision)
                  .toString(),
              GroupAnswer.class);
    } catch (ApiException late) {
      LOG.info("view is late group={} revision={} reason={}", group, revision, late.getMessage());
    }
  }

  /** A group. */
  public GroupAnswer group(String group) {
    return client.get(at(ApiPaths.GROUP, group), GroupAnswer.class);
  }

  /** A page of members. */
  public Page<MemberAnswer> members(String group, Optional<String> after, int limit) {
    return Page.of(client.get(page(at(ApiPaths.MEMBERS, group), after, limit), MemberPage.class));
  }

  /** All members, for choosing among them. */
  public List<MemberAnswer> allMembers(String group) {
    List<MemberAnswer> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      Page<MemberAnswer> members = members(group, after, LARGEST_PAGE);
      all.addAll(members.items());
      after = members.next();
      if (after.isEmpty()) {
        break;
      }
    }
    return all;
  }

  /** One member. */
  public MemberDetailAnswer member(String group, String edge) {
    return client.get(
        ApiPaths.at(ApiPaths.MEMBER, new GroupId(group), new EdgeId(edge)),
        MemberDetailAnswer.class);
  }

  /** A page of links, of one member's if {@code edge} is given. */
  public Page<LinkAnswer> links(String group, LinkQuery query) {
    ApiQuery all = ApiQuery.of(at(ApiPaths.LINKS, group));
    ApiQuery asked = query.edge().map(edge -> all.with(ApiQuery.EDGE, edge)).orElse(all);
    return Page.of(
        client.get(page(asked.toString(), query.after(), query.limit()), LinkPage.class));
  }

  /**
   * Which links.
   *
   * @param edge of this member only
   * @param after the last link of the page before
   */
  public record LinkQuery(Optional<String> edge, Optional<String> after, int limit) {}

  /** All links of a group, or of one member. */
  public List<LinkAnswer> allLinks(String group, Optional<String> edge) {
    List<LinkAnswer> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      Page<LinkAnswer> links = links(group, new LinkQuery(edge, after, LARGEST_PAGE));
      all.addAll(links.items());
      after = links.next();
      if (after.isEmpty()) {
        break;
      }
    }
    return all;
  }

  /** How many links end at an edge; nothing if it is no member. */
  public OptionalLong linkCount(String group, String edge) {
    try {
      return OptionalLong.of(member(group, edge).member().linkCount());
    } catch (ApiException.Refused refused) {
      if (refused.problem().status() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw refused;
    }
  }

  /** The whole graph. */
  public GraphAnswer graph(String group) {
    return client.get(at(ApiPaths.GRAPH, group), GraphAnswer.class);
  }

  /** Events from a revision on, oldest first. */
  public List<EventAnswer> events(String group, long from, int limit) {
    return client.get(eventsFrom(group, from, limit), EventPage.class).items();
  }

  /**
   * A member's keys as the newest event about it tells them; nothing if that lies further back than
   * is worth looking. The services keep keys for peers, not for people, so the log is asked.
   */
  public Optional<MemberKeys> memberKeys(String group, String edge) {
    long end = group(group).revision();
    for (int page = 0; page < MAX_KEY_PAGES && end > 0; page++) {
      long from = Math.max(1, end - EVENTS_PAGE + 1);
      Optional<MemberKeys> last =
          client.get(eventsFrom(group, from, end - from + 1), EventPage.class).items().stream()
              .flatMap(event -> EventSubject.memberOf(event.subject()).stream())
              .filter(member -> member.edge().value().equals(edge))
              .filter(EventMember.Detail.class::isInstance)
              .map(EventMember.Detail.class::cast)
              .map(MemberKeys::of)
              .reduce((_, later) -> later);
      if (last.isPresent()) {
        return last;
      }
      end = from - 1;
    }
    return Optional.empty();
  }

  private static String at(String path, String group) {
    return ApiPaths.at(path, new GroupId(group));
  }

  private static String page(String path, Optional<String> after, int limit) {
    ApiQuery page = ApiQuery.of(path).with(ApiQuery.LIMIT, limit);
    return after.map(last -> page.with(ApiQuery.AFTER, last)).orElse(page).toString();
  }

  private static String eventsFrom(String group, long from, long limit) {
    return ApiQuery.of(at(ApiPaths.EVENTS, group))
        .with(ApiQuery.FROM, from)
        .with(ApiQuery.LIMIT, limit)
        .toString();
  }
}
