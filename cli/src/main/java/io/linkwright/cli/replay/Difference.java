package io.linkwright.cli.replay;

import io.linkwright.cli.group.GroupSnapshot;
import io.linkwright.cli.group.MemberPicture;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that a server shows in another way than the log has it.
 *
 * @param what is not the same
 * @param replayed as the log has it
 * @param shown as the server shows it
 */
public record Difference(GroupId group, String what, String replayed, String shown) {
  static final String NOT_THERE = "not there";
  private static final String THERE = "there";

  /** All that two pictures of a group at one revision differ in. */
  public static List<Difference> between(GroupSnapshot replayed, GroupSnapshot shown) {
    GroupId group = replayed.id();
    List<Difference> found = new ArrayList<>();
    replayed
        .settings()
        .differing(shown.settings())
        .values()
        .forEach(
            (field, value) ->
                found.add(
                    new Difference(
                        group,
                        field.label(),
                        replayed.settings().text(field).orElse(NOT_THERE),
                        value.toString())));
    SortedSet<EdgeId> edges = new TreeSet<>(replayed.members().keySet());
    edges.addAll(shown.members().keySet());
    for (EdgeId edge : edges) {
      addMember(found, group, edge, replayed.members().get(edge), shown.members().get(edge));
    }
    SortedSet<LinkId> links = new TreeSet<>(replayed.links());
    links.addAll(shown.links());
    for (LinkId link : links) {
      boolean inLog = replayed.links().contains(link);
      if (inLog != shown.links().contains(link)) {
        found.add(presence(group, "link " + link, inLog ? THERE : NOT_THERE));
      }
    }
    return found;
  }

  /** One has it, the other has not. */
  private static Difference presence(GroupId group, String what, String inLog) {
    return new Difference(group, what, inLog, inLog.equals(THERE) ? NOT_THERE : THERE);
  }

  private static void addMember(
      List<Difference> found,
      GroupId group,
      EdgeId edge,
      MemberPicture replayed,
      MemberPicture shown) {
    String member = "member " + edge;
    if (replayed == null || shown == null) {
      found.add(presence(group, member, replayed == null ? NOT_THERE : THERE));
      return;
    }
    if (replayed.enrollment() != shown.enrollment()) {
      found.add(
          new Difference(
              group,
              member + " enrollment",
              replayed.enrollment().label(),
              shown.enrollment().label()));
    }
    replayed
        .properties()
        .differing(shown.properties())
        .values()
        .forEach(
            (field, value) ->
                found.add(
                    new Difference(
                        group,
                        member + " " + field.label(),
                        String.valueOf(replayed.properties().values().get(field)),
                        value.toString())));
  }
}
