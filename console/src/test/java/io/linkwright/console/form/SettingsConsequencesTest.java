package io.linkwright.console.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.api.GroupSettings;
import io.linkwright.console.api.GroupSettings.TunnelCount;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SettingsConsequencesTest {
  /** Five members, four links. */
  private static final GroupAnswer NOW = group(Topology.PARTIAL_MESH, 5, 4);

  @Test
  void aNameDoesNothingToTheLinks() {
    assertThat(
            lines(NOW, wanted(Topology.PARTIAL_MESH, TunnelCount.ONE, null), OptionalLong.empty()))
        .containsExactly("The links stay as they are.");
  }

  @Test
  void aMeshHasEveryPair() {
    assertThat(lines(NOW, wanted(Topology.MESH, TunnelCount.ONE, null), OptionalLong.empty()))
        .containsExactly(
            "All 5 members are linked with each other: 6 links are added, 0 links are removed."
                + " New members link by themselves.");
  }

  @Test
  void aHubKeepsTheLinksItHas() {
    assertThat(lines(NOW, wanted(Topology.HUB_SPOKE, TunnelCount.ONE, "oslo"), OptionalLong.of(3)))
        .containsExactly(
            "Every member is linked to oslo and to nobody else: 1 link is added, 1 link is"
                + " removed. New members link by themselves.");
  }

  @Test
  void aHubIsNeededAndMustBeAMember() {
    assertThat(lines(NOW, wanted(Topology.HUB_SPOKE, TunnelCount.ONE, null), OptionalLong.empty()))
        .containsExactly("Choose the hub: the member that every other is linked to.");
    assertThat(
            lines(NOW, wanted(Topology.HUB_SPOKE, TunnelCount.ONE, "rome"), OptionalLong.empty()))
        .containsExactly("The hub must be a member.");
  }

  @Test
  void bothAtOnceAreBothSaid() {
    assertThat(lines(NOW, wanted(Topology.MESH, TunnelCount.TWO, null), OptionalLong.empty()))
        .hasSize(2)
        .last()
        .isEqualTo(
            "Each link gets a secondary tunnel (wg3), and new keys."
                + " Both of its edges are reconfigured.");
  }

  @Test
  void backToAPartialMeshTheLinksStay() {
    GroupAnswer mesh = group(Topology.MESH, 2, 1);

    assertThat(
            lines(mesh, wanted(Topology.PARTIAL_MESH, TunnelCount.ONE, null), OptionalLong.empty()))
        .containsExactly("Links are added and removed by hand from then on; the one link stays.");
  }

  private static List<String> lines(GroupAnswer now, GroupSettings wanted, OptionalLong hubLinks) {
    return SettingsConsequences.of(now, wanted, hubLinks).lines();
  }

  private static GroupAnswer group(Topology topology, long members, long links) {
    return new GroupAnswer(
        GroupSettingsAnswer.of(
            new io.linkwright.domain.group.GroupSettings(
                new GroupId("west"),
                "West",
                topology,
                TunnelProtocol.IPSEC,
                false,
                Optional.empty(),
                io.linkwright.domain.group.GroupSettings.DEFAULT_ADDRESS_POOL)),
        9,
        members,
        links,
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static GroupSettings wanted(Topology topology, TunnelCount tunnels, String hub) {
    return new GroupSettings(
        "Another name", topology.label(), tunnels, Optional.ofNullable(hub), Optional.empty());
  }
}
