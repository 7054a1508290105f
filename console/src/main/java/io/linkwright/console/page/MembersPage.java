package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Group;
import io.linkwright.console.api.Member;
import io.linkwright.console.api.Page;
import io.linkwright.console.live.Fragment;
import io.linkwright.console.live.Snapshot;
import java.util.List;
import java.util.Optional;

/** A group's members, a page of them at a time. */
public final class MembersPage extends GroupPage {
  private static final int PAGE_SIZE = 50;

  private final Optional<String> after;

  /**
   * A page of {@code group}'s members.
   *
   * @param after the last member of the page before
   */
  public MembersPage(PageScope scope, String group, Optional<String> after) {
    super(scope, group);
    this.after = after;
  }

  @Override
  public String title() {
    return groupId() + " · Members";
  }

  @Override
  public Snapshot render() {
    Group group = scope().queries().group(groupId());
    Page<Member> members = scope().queries().members(groupId(), after, PAGE_SIZE);
    List<Fragment> rows =
        members.items().stream()
            .map(
                member ->
                    new Fragment(
                        ElementIds.member(member.edge()),
                        scope().templates().memberRow(groupId(), member).render()))
            .toList();
    return Snapshot.of(
        List.of(
            head(group),
            notices(group),
            Regions.rows("members-head", rows),
            Regions.single(
                "members-foot",
                scope()
                    .templates()
                    .membersFoot(groupId(), rows.size(), after.isPresent(), members.next()))));
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope()
        .templates()
        .members(
            groupId(),
            Regions.content(snapshot, 0),
            Regions.content(snapshot, 1),
            Regions.content(snapshot, 2),
            Regions.content(snapshot, 3));
  }
}
