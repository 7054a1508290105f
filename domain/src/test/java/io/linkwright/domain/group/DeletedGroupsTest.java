package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.delete;
import static io.linkwright.domain.group.Commands.revoke;
import static io.linkwright.domain.group.Samples.GROUP;
import static io.linkwright.domain.group.Samples.enrolled;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Groups come and go for years; of those that went hardly anything may stay in memory. */
final class DeletedGroupsTest {
  @Test
  void nothingStaysOfAGroupButWhereItsRevisionsGoOn() {
    List<RecordedEvent> events =
        Scenario.given(
                createGroup(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD),
                add(enrolled("a")),
                add(enrolled("b")),
                addLink("a", "b"),
                revoke("a", RevokedLinks.KEEP),
                delete())
            .log();
    FoldedLog log = new FoldedLog((_, _) -> Optional.empty());

    EventSeal seal = new EventSeal(new byte[32], Optional.empty());
    for (int offset = 0; offset < events.size(); offset++) {
      log.take(GROUP.value(), events.get(offset), seal, 0, offset);
    }

    RecordedEvent last = events.getLast();
    assertThat(log.group(GROUP))
        .isEqualTo(
            new FoldedGroup(
                new GroupState.Absent(GROUP, last.revision()), Optional.empty(), last.revision()));
  }
}
