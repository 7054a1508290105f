package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Group;
import io.linkwright.console.api.Link;
import io.linkwright.console.api.Page;
import io.linkwright.console.api.Queries.LinkQuery;
import io.linkwright.console.live.Fragment;
import io.linkwright.console.live.Region;
import io.linkwright.console.live.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The peering detail page: a group's links, a page of them at a time. */
public final class LinksPage extends GroupPage {
  static final int PAGE_SIZE = 50;

  private final Filter filter;

  /**
   * Which of the links.
   *
   * @param edge of this member only
   * @param after the last link of the page before
   * @param from number of the page's first link, from 1; for people
   */
  public record Filter(Optional<String> edge, Optional<String> after, long from) {}

  /** Where the shown rows stand among all. */
  public record Place(Filter filter, int rows, long total, Optional<String> next) {
    /** Number of the last row. */
    public long to() {
      return filter.from() + rows - 1;
    }
  }

  /** A page of {@code group}'s links. */
  public LinksPage(PageScope scope, String group, Filter filter) {
    super(scope, group);
    this.filter = filter;
  }

  @Override
  public String title() {
    return groupId() + " · Links";
  }

  @Override
  public Snapshot render() {
    Group group = scope().queries().group(groupId());
    Page<Link> links =
        scope().queries().links(groupId(), new LinkQuery(filter.edge(), filter.after(), PAGE_SIZE));
    List<Fragment> rows =
        links.items().stream()
            .map(
                link ->
                    new Fragment(
                        ElementIds.link(link.id()),
                        scope().templates().linkRow(group, link).render()))
            .toList();
    Place place = new Place(filter, rows.size(), group.linkCount(), links.next());
    List<Region> regions = new ArrayList<>();
    regions.add(head(group));
    regions.add(notices(group));
    regions.add(Regions.single("links-intro", scope().templates().linksIntro(group, filter)));
    regions.add(Regions.single("links-head", scope().templates().linksHead(group)));
    regions.add(Regions.rows("links-head", rows));
    regions.add(Regions.single("links-foot", scope().templates().linksFoot(group, place)));
    return Snapshot.of(regions);
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope()
        .templates()
        .links(
            groupId(),
            Regions.content(snapshot, 0),
            Regions.content(snapshot, 1),
            Regions.content(snapshot, 2),
            Regions.content(snapshot, 3),
            Regions.content(snapshot, 4),
            Regions.content(snapshot, 5));
  }
}
