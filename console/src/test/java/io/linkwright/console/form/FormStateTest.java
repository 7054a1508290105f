package io.linkwright.console.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.httpapi.client.ApiProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FormStateTest {
  private static final Set<String> FIELDS = Set.of("edgeA", "edgeB", "allowedSubnets");
  private final FormState form = FormState.filled("token", Map.of("edgeA", " denver "));

  @Test
  void aRefusalStandsBesideTheFieldThatTheServiceNames() {
    FormState again =
        form.refused(
            problem("INVALID_REQUEST", "not a CIDR", Optional.of("allowedSubnets[1]")), FIELDS);

    assertThat(again.errorOf("allowedSubnets")).contains("not a CIDR");
    assertThat(again.error()).isEmpty();
    assertThat(again.value("edgeA")).isEqualTo("denver");
  }

  @Test
  void aLinkThatIsThereAlreadyIsTheSecondFieldsFault() {
    FormState again =
        form.refused(problem("LINK_EXISTS", "linked already", Optional.empty()), FIELDS);

    assertThat(again.errorOf("edgeB")).contains("linked already");
  }

  @Test
  void aRefusalOfTheWholeStandsAbove() {
    FormState again =
        form.refused(problem("NOT_READY", "later", Optional.of("Idempotency-Key")), FIELDS);

    assertThat(again.errors()).isEmpty();
    assertThat(again.error()).contains("later");
  }

  @Test
  void theNextTryAfterARefusalIsAnotherCommandAndAfterAnUnknownOutcomeTheSame() {
    FormState refused = form.refused(problem("LINK_EXISTS", "there", Optional.empty()), FIELDS);
    FormState unknown = form.unknown("No answer.");

    assertThat(refused.key()).isNotEqualTo(form.key());
    assertThat(unknown.key()).isEqualTo(form.key());
    assertThat(unknown.error()).hasValueSatisfying(words -> assertThat(words).contains("once"));
  }

  private static ApiProblem problem(String code, String detail, Optional<String> field) {
    return new ApiProblem(409, code, detail, field, List.of());
  }
}
