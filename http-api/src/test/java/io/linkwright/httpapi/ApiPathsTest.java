package io.linkwright.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import org.junit.jupiter.api.Test;

final class ApiPathsTest {
  private static final GroupId WEST = new GroupId("west");

  @Test
  void idsTakeThePlaceOfNames() {
    assertThat(ApiPaths.at(ApiPaths.CHANGES, WEST)).isEqualTo("/v1/groups/west/changes");
    assertThat(ApiPaths.at(ApiPaths.MEMBER_TOKEN, WEST, new EdgeId("denver")))
        .isEqualTo("/v1/groups/west/members/denver:token");
    assertThat(ApiPaths.at(ApiPaths.LINK_REKEY, WEST, LinkId.parse("denver~seattle")))
        .isEqualTo("/v1/groups/west/links/denver~seattle:rekey");
  }

  @Test
  void aPathThatNamesMoreIsABug() {
    assertThatThrownBy(() -> ApiPaths.at(ApiPaths.MEMBER, WEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("/v1/groups/west/members/{edge} names more than was given");
  }

  @Test
  void parametersAreJoinedAndEncoded() {
    ApiQuery query = ApiQuery.of("/v1/groups").with(ApiQuery.LIMIT, 5).with(ApiQuery.AFTER, "a&b");

    assertThat(query).hasToString("/v1/groups?limit=5&after=a%26b");
  }
}
