package io.linkwright.cli.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.httpapi.answer.EventPage;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.answer.MemberPage;
import io.linkwright.httpapi.client.Answer;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.Pages;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.time.Duration;
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
      Optional<GroupAnswer> before = group(group, revision);
      if (before.isEmpty()) {
        return Optional.empty();
      }
      revision = before.get().revision();
      Optional<GroupSnapshot> picture = contents(before.get(), revision);
      Optional<GroupAnswer> after = group(group, revision);
      if (after.isEmpty()) {
        return Optional.empty();
      }
      long now = after.get().revision();
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
      return api.send(
              ApiCommand.patch(ApiPaths.at(ApiPaths.GROUP, group), nothing).asDryRun(),
              RevisionReceipt.class)
          .value()
          .revision();
    } catch (ApiException.Refused refused) {
      if (!refused.is(RejectionCode.UNKNOWN_GROUP)) {
        throw refused;
      }
      return api.find(
              ApiQuery.of(ApiPaths.at(ApiPaths.EVENTS, group)).with(ApiQuery.LIMIT, 1).toString(),
              EventPage.class)
          .map(events -> events.value().revision())
          .orElse(0L);
    }
  }

  private Optional<GroupAnswer> group(GroupId group, long minRevision) {
    return api.find(at(ApiPaths.GROUP, group, minRevision).toString(), GroupAnswer.class)
        .map(Answer::value);
  }

  /** Empty if members and links were read at other revisions than the settings. */
  private Optional<GroupSnapshot> contents(GroupAnswer group, long revision) {
    GroupId id = group.id();
    MemberPage members =
        Pages.all(api, page(ApiPaths.MEMBERS, id, revision), MemberPage.ITEMS, MemberPage.class)
            .value();
    LinkPage links =
        Pages.all(api, page(ApiPaths.LINKS, id, revision), LinkPage.ITEMS, LinkPage.class).value();
    if (members.revision() != revision || links.revision() != revision) {
      return Optional.empty();
    }
    SortedMap<EdgeId, MemberPicture> pictures = new TreeMap<>();
    members
        .items()
        .forEach(member -> pictures.put(member.edge(), MemberPicture.of(member.description())));
    SortedSet<LinkId> pairs = new TreeSet<>();
    links.items().forEach(link -> pairs.add(link.id()));
    return Optional.of(
        new GroupSnapshot(id, revision, GroupField.of(group.settings()), pictures, pairs));
  }

  private static String page(String path, GroupId group, long revision) {
    return at(path, group, revision).with(ApiQuery.LIMIT, Pages.MAX_ITEMS).toString();
  }

  private static ApiQuery at(String path, GroupId group, long revision) {
    return ApiQuery.of(ApiPaths.at(path, group)).with(ApiQuery.MIN_REVISION, revision);
  }
}
