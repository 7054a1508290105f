package io.linkwright.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.group.Samples;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTextTest {
  private static final String LONGEST = "a".repeat(63);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "kansas-city", "a--b", "9-9"})
  void slugsAreIds(String text) {
    assertThat(new EdgeId(text)).hasToString(text);
    assertThat(new GroupId(text)).hasToString(text);
  }

  @Test
  void anIdHasAtMost63Characters() {
    assertThat(new EdgeId(LONGEST).value()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> new EdgeId(LONGEST + "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "-a", "a-", "A", "a b", "a_b", "a.b", "a~b", "a/b", "ä", "a\n", "\u0661"})
  void anythingElseIsNoId(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeId(text))
        .withMessageContaining("'%s' is not an id".formatted(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupId(text));
  }

  @Test
  void aLinkIsNamedInEitherOrder() {
    LinkId link = LinkId.parse("kansas-city~denver");

    assertThat(link).hasToString("denver~kansas-city").isEqualTo(LinkId.parse(link.toString()));
    assertThat(link.peerOf(Samples.edge("denver"))).hasToString("kansas-city");
    assertThat(link.peerOf(Samples.edge("kansas-city"))).hasToString("denver");
    assertThat(link.joins(Samples.edge("omaha"))).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> link.peerOf(Samples.edge("omaha")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "a", "a~", "~a", "a~a", "a~b~c", "a-b", "A~b"})
  void whatIsNoLinkIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> LinkId.parse(text));
  }

  @Test
  void linksAreOrderedByTheirEnds() {
    assertThat(Samples.link("a~z")).isLessThan(Samples.link("b~c"));
    assertThat(Samples.link("a~b")).isLessThan(Samples.link("a~c"));
    // The separator sorts after '-': the ids, not the text, give the order.
    assertThat(Samples.link("a~b")).isLessThan(Samples.link("a-x~b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge/group/a~b", "edge/group/"})
  void aConfigurationKeyIsWrittenAsItIsRead(String text) {
    assertThat(EdgeConfigKey.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "edge", "edge/group", "edge/group/a~b/", "//", "edge/group/a"})
  void whatIsNoConfigurationKeyIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EdgeConfigKey.parse(text));
  }

  @Test
  void outsideNamesOfEnumsAreReadOrListed() {
    assertThat(Topology.parse("hub-spoke")).isEqualTo(Topology.HUB_SPOKE);
    assertThat(TunnelProtocol.parse("ipsec")).isEqualTo(TunnelProtocol.IPSEC);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Topology.parse("ring"))
        .withMessage("'ring' is not one of partial-mesh, mesh, hub-spoke");
  }
}
