package io.linkwright.pusher;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A group with three members. Tests share the topics, so each has a group and edges of its own.
 *
 * @param link between the first two
 * @param otherLink between the first and the third
 */
record Members(
    GroupId group, EdgeId denver, EdgeId seattle, EdgeId houston, LinkId link, LinkId otherLink) {
  private static final AtomicInteger MADE = new AtomicInteger();

  static Members enrolledBy(TestController controller) {
    int number = MADE.incrementAndGet();
    EdgeId denver = new EdgeId("denver-" + number);
    EdgeId seattle = new EdgeId("seattle-" + number);
    EdgeId houston = new EdgeId("houston-" + number);
    Members members =
        new Members(
            new GroupId("abilene-" + number),
            denver,
            seattle,
            houston,
            LinkId.between(denver, seattle),
            LinkId.between(denver, houston));
    for (EdgeId edge : List.of(denver, seattle, houston)) {
      RunningPusher.enroll(controller, members, edge);
    }
    return members;
  }
}
