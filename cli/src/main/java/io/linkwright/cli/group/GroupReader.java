package io.linkwright.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads groups through the query API. */
public final class GroupReader {
  /** A group that changes with every read of it is given up after so many. */
  private static final int MAX_READS = 10;

  /** Before the second read; longer before each that follows. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Most that the server gives in a page. */
  private static final int PAGE = 1_000;

  private final LinkwrightApi api;

  /** Reads from this server. */
  public GroupReader(LinkwrightApi api) {
    this.api = api;
  }

  /**
   * The group at one revision, {@code minRevision} or a later one; empty if it does not exist.
   *
   * @throws ApiException if the server refuses or does not answer
   * @throws GroupKeepsChangingException if it was another with every read
   */
  public Optional<GroupSnapshot> read(GroupId group, long minRevision)
      throws GroupKeepsChangingException {
    long revision = minRevision;
    for (int read = 1; read <= MAX_READS; read++) {
      Optional<JsonNode> before = settings(group, revision);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      revision = before.get().path("revision").asLong();
      Optional<GroupSnapshot> picture;
      try {
        picture = contents(before.get(), group, revision);
      } catch (IllegalArgumentException notOurs) {
        throw api.notUnderstood(notOurs);
      }
      Optional<JsonNode> after = settings(group, revision);
      if (after.isEmpty()) {
        return Optional.empty();
      }
      long now = after.get().path("revision").asLong();
      if (picture.isPresent() && now == revision) {
        return picture;
      }
      revision = now;
      LinkwrightApi.pause(PAUSE.multipliedBy(read));
    }
    throw new GroupKeepsChangingException(group, MAX_READS);
  }

  /**
   * The group's revision as the next command will find it: what queries show follows a moment
   * later. Of a group that does not exist, that of its deletion, or 0.
   *
   * @throws ApiException if the server refuses or does not answer
   */
  public long latestRevision(GroupId group) {
    JsonNode nothing = LinkwrightApi.mapper().createObjectNode();
    try {
      return api.send(ApiCommand.patch(ApiPaths.at(ApiPaths.GROUP, group), nothing).asDryRun())
          .path("revision")
          .asLong();
    } catch (ApiException.Refused refused) {
      if (!refused.is(RejectionCode.UNKNOWN_GROUP)) {
        throw refused;
      }
      return api.find(
              ApiQuery.of(ApiPaths.at(ApiPaths.EVENTS, group)).with(ApiQuery.LIMIT, 1).toString())
          .map(events -> events.path("revision").asLong())
          .orElse(0L);
    }
  }

  private Optional<JsonNode> settings(GroupId group, long minRevision) {
    return api.find(at(ApiPaths.GROUP, group, minRevision).toString());
  }

  /** Empty if members and links were read at other revisions than the settings. */
  private Optional<GroupSnapshot> contents(JsonNode settings, GroupId group, long revision) {
    JsonNode members = Pages.all(api, page(ApiPaths.MEMBERS, group, revision), "members");
    JsonNode links = Pages.all(api, page(ApiPaths.LINKS, group, revision), "links");
    SortedMap<EdgeId, MemberPicture> pictures = new TreeMap<>();
    members
        .path("members")
        .forEach(member -> pictures.put(new EdgeId(member.path("edge").asText()), picture(member)));
    SortedSet<LinkId> pairs = new TreeSet<>();
    links.path("links").forEach(link -> pairs.add(LinkId.parse(link.path("id").asText())));
    boolean together =
        members.path("revision").asLong() == revision
            && links.path("revision").asLong() == revision;
    return together
        ? Optional.of(
            new GroupSnapshot(
                group, revision, Properties.of(settings, GroupField.class), pictures, pairs))
        : Optional.empty();
  }

  private static MemberPicture picture(JsonNode member) {
    return new MemberPicture(
        Properties.of(member, MemberField.class),
        EnrollmentStanding.valueOf(member.path("enrollment").asText().toUpperCase(Locale.ROOT)));
  }

  private static String page(String path, GroupId group, long revision) {
    return at(path, group, revision).with(ApiQuery.LIMIT, PAGE).toString();
  }

  private static ApiQuery at(String path, GroupId group, long revision) {
    return ApiQuery.of(ApiPaths.at(path, group)).with(ApiQuery.MIN_REVISION, revision);
  }
}
