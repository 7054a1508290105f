package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.console.api.Commands.NewMember;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.client.ApiProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Adds a member, and shows the token its edge enrolls with: once, since nobody keeps it. */
public final class AddMemberDialog implements Dialog {
  private final FormScope scope;
  private final String group;

  /** A member of {@code group}. */
  public AddMemberDialog(FormScope scope, String group) {
    this.scope = scope;
    this.group = group;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().addMember(group, form);
  }

  @Override
  public Set<String> fields() {
    return Set.of("edge", "name", "endpoint", "allowedSubnets", "latitude", "longitude");
  }

  @Override
  public CommandAnswer send(FormState form) {
    for (String field : List.of("latitude", "longitude")) {
      if (form.typed(field).isPresent() && number(form, field).isEmpty()) {
        return new CommandAnswer.Refused(
            new ApiProblem(
                400,
                ProblemCodes.INVALID_REQUEST,
                "%s is in degrees, as in 39.74".formatted(field),
                Optional.of(field),
                List.of()));
      }
    }
    return scope
        .commands()
        .addMember(
            group,
            new NewMember(
                form.value("edge"),
                form.typed("name"),
                form.typed("endpoint"),
                Stream.of(form.value("allowedSubnets").split("[,\\s]+"))
                    .filter(subnet -> !subnet.isEmpty())
                    .toList(),
                number(form, "latitude"),
                number(form, "longitude")),
            form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    String edge = form.value("edge");
    return Enrollment.of(answer)
        .<Outcome>map(
            enrollment -> new Outcome.Show(scope.templates().enrollment(group, edge, enrollment)))
        .orElseGet(() -> new Outcome.Close("%s is a member of %s.".formatted(edge, group)));
  }

  private static Optional<Double> number(FormState form, String field) {
    try {
      return form.typed(field).map(Double::valueOf);
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }
}
