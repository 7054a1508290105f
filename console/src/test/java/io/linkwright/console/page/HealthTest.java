package io.linkwright.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import io.linkwright.httpapi.answer.Notice;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Notice DOWN = notice(Notice.LINK_DOWN, Notice.WARNING);
  private static final Notice DEGRADED = notice(Notice.LINK_DEGRADED, Notice.WARNING);
  private static final Notice HUB_MISSING = notice(Notice.HUB_MISSING, Notice.WARNING);
  private static final Notice COMPLETE = notice(Notice.MESH_COMPLETE, Notice.INFO);

  @Test
  void theWorstIsSaidFirst() {
    assertThat(health(DEGRADED, DOWN, DOWN)).isEqualTo(new Health("down", "2 links down"));
    assertThat(health(HUB_MISSING, DEGRADED)).isEqualTo(new Health("warn", "1 link degraded"));
    assertThat(health(HUB_MISSING)).isEqualTo(new Health("warn", "1 warning"));
  }

  @Test
  void whatIsOnlyWorthKnowingIsNoFault() {
    assertThat(health(COMPLETE)).isEqualTo(new Health("ok", "No faults known"));
  }

  @Test
  void theServicesNameAHundredLinksAtMost() {
    Notice[] many = Collections.nCopies(100, DOWN).toArray(Notice[]::new);

    assertThat(health(many).words()).isEqualTo("100 links or more down");
  }

  private static Health health(Notice... notices) {
    return Health.of(
        new GroupAnswer(
            GroupSettingsAnswer.of(
                new GroupSettings(
                    new GroupId("west"),
                    "West",
                    Topology.PARTIAL_MESH,
                    TunnelProtocol.IPSEC,
                    true,
                    Optional.empty(),
                    GroupSettings.DEFAULT_ADDRESS_POOL)),
            7,
            3,
            2,
            List.of(),
            Optional.empty(),
            Stream.of(notices).toList()));
  }

  private static Notice notice(String code, String severity) {
    return new Notice(code, severity, Optional.empty(), Optional.empty(), "words");
  }
}
