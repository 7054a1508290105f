package io.linkwright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.LinkId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkPairsTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 11, 100})
  void everyNumberIsALinkOfItsOwn(int members) {
    LinkPairs pairs = new LinkPairs(members);
    Set<LinkId> links = new HashSet<>();

    for (int i = 0; i < pairs.count(); i++) {
      links.add(LinkId.between(pairs.near(i), pairs.far(i)));
    }

    assertThat(links).hasSize(pairs.count());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 100})
  void eachRoundGivesEveryMemberTwoLinks(int members) {
    LinkPairs pairs = new LinkPairs(members);
    Map<String, Integer> links = new HashMap<>();

    for (int i = 0; i < members; i++) {
      links.merge(pairs.near(i).value(), 1, Integer::sum);
      links.merge(pairs.far(i).value(), 1, Integer::sum);
    }

    assertThat(links).hasSize(members);
    assertThat(links.values()).containsOnly(2);
  }
}
