package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.batch;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.delete;
import static io.linkwright.domain.group.Commands.dualTunnelOn;
import static io.linkwright.domain.group.Commands.enroll;
import static io.linkwright.domain.group.Commands.remove;
import static io.linkwright.domain.group.Commands.rename;
import static io.linkwright.domain.group.Commands.toHubSpoke;
import static io.linkwright.domain.group.Commands.together;
import static io.linkwright.domain.group.RejectionCode.LIMIT_EXCEEDED;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgePair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static Scenario members(int count) {
    Scenario scenario = Scenario.given(createGroup(PARTIAL_MESH, IPSEC));
    for (int i = 0; i < count; i++) {
      scenario.and(add(awaiting("m" + i)));
    }
    return scenario;
  }

  @Test
  void aCommandOfTooManyEventsIsRefusedAsAWhole() {
    int count = 320; // 320 members, 51,040 links
    Scenario scenario = members(count);
    List<EdgePair> pending = new ArrayList<>();
    for (int a = 0; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        pending.add(Samples.pair("m" + a, "m" + b));
        if (pending.size() == Limits.MAX_BATCH_ITEMS) {
          scenario.and(batch(pending, List.of()));
          pending.clear();
        }
      }
    }
    scenario.and(batch(pending, List.of()));
    assertThat(scenario.group().linkCount()).isEqualTo(51_040);

    scenario.when(delete()).thenRefused(LIMIT_EXCEEDED, "51361 events", "50000", "members first");
    scenario.when(dualTunnelOn()).thenRefused(LIMIT_EXCEEDED, "51361 events");
    assertThat(scenario.when(remove("m0")).events()).hasSize(count);
  }

  @Test
  void severalCommandsInOneCostNoMoreThanOne() {
    Scenario star = members(5_000).and(toHubSpoke("m0"));
    // Each exchange of the hub's keys makes one event and looks at all links, which wait.
    GroupCommand[] exchanges = new GroupCommand[11];
    for (int i = 0; i < exchanges.length; i++) {
      exchanges[i] = enroll("m0", Samples.keys("m0 " + i));
    }

    star.when(together(exchanges))
        .thenRefusedField(LIMIT_EXCEEDED, "steps", "steps[10]", "55000", "parts");
    assertThat(star.when(together(Arrays.copyOf(exchanges, 10))).events()).hasSize(10);
  }

  @Test
  void oneCommandIsMadeOfSoManyAndNoMore() {
    GroupCommand[] renames = new GroupCommand[Limits.MAX_STEPS + 1];
    for (int i = 0; i < renames.length; i++) {
      renames[i] = rename("Name " + i);
    }
    Scenario group = members(0);

    group.when(together(renames)).thenRefusedField(LIMIT_EXCEEDED, "steps", "1001 steps", "1000");
    assertThat(group.when(together(Arrays.copyOf(renames, Limits.MAX_STEPS))).events())
        .hasSize(Limits.MAX_STEPS);
  }

  @Test
  void aGroupTakesNoMoreThanItsMostMembers() {
    Scenario full = members(Limits.MAX_MEMBERS);

    full.when(add(awaiting("one-more"))).thenRefused(LIMIT_EXCEEDED, "20000");
    full.and(remove("m5")).when(add(awaiting("one-more"))).thenEvents("MemberAdded one-more");
  }
}
