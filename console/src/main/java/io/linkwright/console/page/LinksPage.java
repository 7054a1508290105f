package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Page;
import io.linkwright.console.api.Queries.LinkQuery;
import io.linkwright.console.live.Snapshot;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkAnswer;
import java.util.List;
import java.util.Optional;

/** The peering detail page: a group's links, a page of them at a time. */
public final class LinksPage extends GroupPage {
  private final Optional<String> edge;
  private final Place place;

  /**
   * A page of {@code group}'s links.
   *
   * @param edge only links of this member
   */
  public LinksPage(PageScope scope, String group, Optional<String> edge, Place place) {
    super(scope, group);
    this.edge = edge;
    this.place = place;
  }

  @Override
  public String title() {
    return groupId() + " · Links";
  }

  @Override
  public Snapshot render() {
    GroupAnswer group = scope().queries().group(groupId());
    Page<LinkAnswer> links =
        scope().queries().links(groupId(), new LinkQuery(edge, place.after(), Place.PAGE_SIZE));
    Pager pager =
        Pager.of(
            new Pager.Address(
                "/console/groups/" + groupId(), edge.map(id -> "edge=" + id).orElse("")),
            place,
            links,
            "Links",
            edge.isEmpty() ? Optional.of(group.linkCount()) : Optional.empty());
    return Snapshot.of(
        List.of(
            head(group),
            notices(group),
            Regions.single("links-intro", scope().templates().linksIntro(group)),
            Regions.single("links-head", scope().templates().linksHead(group)),
            linkRows(group, links.items()),
            Regions.single("links-foot", scope().templates().linksFoot(group, edge, pager))));
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope()
        .templates()
        .links(
            groupId(),
            edge,
            Regions.content(snapshot, 0),
            Regions.content(snapshot, 1),
            Regions.content(snapshot, 2),
            Regions.content(snapshot, 3),
            Regions.content(snapshot, 4),
            Regions.content(snapshot, 5));
  }
}
