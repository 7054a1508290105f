package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.api.Page;
import io.linkwright.console.live.Snapshot;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.MemberAnswer;
import java.util.List;
import java.util.Optional;

/** A group's members, a page of them at a time. */
public final class MembersPage extends GroupPage {
  private final Place place;

  /** A page of {@code group}'s members. */
  public MembersPage(PageScope scope, String group, Place place) {
    super(scope, group);
    this.place = place;
  }

  @Override
  public String title() {
    return groupId() + " · Members";
  }

  @Override
  public Snapshot render() {
    GroupAnswer group = scope().queries().group(groupId());
    Page<MemberAnswer> members =
        scope().queries().members(groupId(), place.after(), Place.PAGE_SIZE);
    Pager pager =
        Pager.of(
            new Pager.Address("/console/groups/%s/members".formatted(groupId()), ""),
            place,
            members,
            "Members",
            Optional.of(group.memberCount()));
    return Snapshot.of(
        List.of(
            head(group),
            notices(group),
            Regions.rows(
                "members-head",
                members.items(),
                member -> ElementIds.member(member.edge()),
                member -> scope().templates().memberRow(groupId(), member)),
            Regions.single("members-foot", scope().templates().membersFoot(pager))));
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
