package io.linkwright.console.page;

import io.linkwright.console.live.GroupSignals;
import io.linkwright.console.live.Region;
import io.linkwright.console.live.Signals;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkAnswer;
import java.util.List;

/** What the pages of one group share: its head, its notices, and its stream of changes. */
abstract class GroupPage implements ConsolePage {
  private final PageScope scope;
  private final String group;

  GroupPage(PageScope scope, String group) {
    this.scope = scope;
    this.group = group;
  }

  final PageScope scope() {
    return scope;
  }

  final String groupId() {
    return group;
  }

  final Region.Single head(GroupAnswer shown) {
    return Regions.single("group-head", scope.templates().groupHead(shown, Health.of(shown)));
  }

  final Region.Single notices(GroupAnswer shown) {
    return Regions.single("notices", scope.templates().notices(shown));
  }

  final Region.Listing linkRows(GroupAnswer shown, List<LinkAnswer> links) {
    return Regions.rows(
        "links-head",
        links,
        link -> ElementIds.link(link.id()),
        link -> scope.templates().linkRow(shown, link));
  }

  @Override
  public final Signals signals() {
    return GroupSignals.open(scope.client(), group);
  }
}
