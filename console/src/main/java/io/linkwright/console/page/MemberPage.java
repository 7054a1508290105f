package io.linkwright.console.page;

import gg.jte.Content;
import io.linkwright.console.live.Snapshot;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.MemberDetailAnswer;
import java.util.List;
import java.util.Optional;

/** One member: what it is, what its edge says, and its links. */
public final class MemberPage extends GroupPage {
  private final String edge;

  /** About {@code edge} of {@code group}. */
  public MemberPage(PageScope scope, String group, String edge) {
    super(scope, group);
    this.edge = edge;
  }

  @Override
  public String title() {
    return edge + " · " + groupId();
  }

  @Override
  public Snapshot render() {
    GroupAnswer group = scope().queries().group(groupId());
    MemberDetailAnswer detail = scope().queries().member(groupId(), edge);
    List<LinkAnswer> links = scope().queries().allLinks(groupId(), Optional.of(edge));
    return Snapshot.of(
        List.of(
            Regions.single("member", scope().templates().memberCards(group, detail)),
            Regions.single("links-head", scope().templates().linksHead(group)),
            linkRows(group, links)));
  }

  @Override
  public Content body(Snapshot snapshot) {
    return scope()
        .templates()
        .member(
            groupId(),
            edge,
            Regions.content(snapshot, 0),
            Regions.content(snapshot, 1),
            Regions.content(snapshot, 2));
  }
}
