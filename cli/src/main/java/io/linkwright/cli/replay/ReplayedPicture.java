package io.linkwright.cli.replay;

import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import io.linkwright.httpapi.answer.MemberDescription;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folded group in the words of the API, so that it can be held against what a server shows. */
public final class ReplayedPicture {
  private ReplayedPicture() {}

  /** The picture of a group that exists. */
  public static GroupSnapshot of(GroupState.Active group) {
    SortedMap<EdgeId, MemberPicture> members = new TreeMap<>();
    group
        .members()
        .forEach(
            member -> members.put(member.edge(), MemberPicture.of(MemberDescription.of(member))));
    SortedSet<LinkId> links = new TreeSet<>();
    group.links().forEach(link -> links.add(link.id()));
    return new GroupSnapshot(
        group.id(),
        group.revision(),
        GroupField.of(GroupSettingsAnswer.of(group.settings())),
        members,
        links);
  }
}
