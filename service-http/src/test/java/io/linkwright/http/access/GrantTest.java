package io.linkwright.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which groups an operator's pattern means. */
final class GrantTest {
  @ParameterizedTest
  @CsvSource({
    "west, west, true",
    "west, west-1, false",
    "west-*, west-, true",
    "west-*, west-1, true",
    "west-*, west, false",
    "west-*, north-west-1, false",
    "*, a, true",
    "**, a, true",
    "*-prod, west-prod, true",
    "*-prod, west-prod-1, false",
    "a*a, a, false",
    "a*a, aa, true",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-c, false",
    "a*b*b, a-b, false",
    "ab*ba, aba, false"
  })
  void aStarStandsForAnyPart(String pattern, String group, boolean matches) {
    assertThat(new Grant(Role.OPERATOR, List.of(pattern)).includes(group)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"VIEWER, false", "AUDITOR, false", "ADMIN, true"})
  void otherRolesNameNoGroups(Role role, boolean all) {
    assertThat(Grant.of(role).includes("west")).isEqualTo(all);
  }
}
