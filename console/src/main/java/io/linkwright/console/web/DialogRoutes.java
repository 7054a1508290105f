package io.linkwright.console.web;

import gg.jte.Content;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.console.form.Dialog;
import io.linkwright.console.form.FormState;
import io.linkwright.http.Json;
import io.linkwright.http.QueryParameters;
import io.linkwright.http.QueryString;
import io.linkwright.http.RequestBody;
import io.linkwright.http.access.Access;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows dialogs and takes what was filled in. A form that is refused comes back with status 422 (or
 * 403 without a valid token), which htmx is told to show like any other.
 */
final class DialogRoutes {
  private static final int NOT_GENUINE = 403;
  private static final int REFUSED = 422;
  private static final int MAX_KEY_LENGTH = 64;
  private static final String KEY_FIELD = "key";

  private final FormGuard guard;

  DialogRoutes(FormGuard guard) {
    this.guard = guard;
  }

  /** {@code GET} shows the dialog, {@code POST} at the same path takes it. */
  void add(RoutesConfig routes, String path, Function<Context, Dialog> dialogs) {
    routes.get(path, context -> show(context, dialogs.apply(context)), Access.ANYONE);
    routes.post(path, context -> take(context, dialogs.apply(context)), Access.ANYONE);
  }

  private void show(Context context, Dialog dialog) {
    write(context, 200, dialog.show(given(context)));
  }

  /** What the address says, for a form that nobody has sent yet. */
  FormState given(Context context) {
    return FormState.filled(guard.token(context), QueryParameters.of(context).all());
  }

  private void take(Context context, Dialog dialog) {
    Map<String, String> fields = QueryString.parseForm(RequestBody.read(context));
    FormState form = form(context, fields);
    if (!guard.isGenuine(context, Optional.ofNullable(fields.get(FormGuard.FIELD)))) {
      write(
          context,
          NOT_GENUINE,
          dialog.show(form.again("This form was out of date. Nothing was done: send it again.")));
      return;
    }
    switch (dialog.send(form)) {
      case CommandAnswer.Done(var answer) -> done(context, dialog.done(form, answer));
      case CommandAnswer.Refused(var problem) ->
          write(context, REFUSED, dialog.show(form.refused(problem, dialog.fields())));
      case CommandAnswer.Unknown(String reason) ->
          write(context, REFUSED, dialog.show(form.unknown(reason)));
    }
  }

  private FormState form(Context context, Map<String, String> fields) {
    Map<String, String> values = new HashMap<>(fields);
    values.remove(FormGuard.FIELD);
    String key = values.remove(KEY_FIELD);
    FormState form = FormState.filled(guard.token(context), values);
    return key == null || key.isBlank() || key.length() > MAX_KEY_LENGTH
        ? form
        : new FormState(form.csrf(), key, form.values(), form.errors(), form.error());
  }

  private static void done(Context context, Dialog.Outcome outcome) {
    switch (outcome) {
      case Dialog.Outcome.Close(String message) -> {
        context.header("HX-Trigger", closed(message));
        context.status(204);
      }
      case Dialog.Outcome.GoTo(String path) -> {
        context.header("HX-Redirect", path);
        context.status(204);
      }
      case Dialog.Outcome.Show(Content content) -> write(context, 200, content);
    }
  }

  /** A header holds ASCII only. */
  private static String closed(String message) {
    StringBuilder ascii = new StringBuilder();
    String json =
        Json.mapper()
            .createObjectNode()
            .set("linkwright-done", Json.mapper().createObjectNode().put("message", message))
            .toString();
    json.chars()
        .forEach(
            unit -> {
              if (unit < 0x7f) {
                ascii.append((char) unit);
              } else {
                ascii.append("\\u%04x".formatted(unit));
              }
            });
    return ascii.toString();
  }

  static void write(Context context, int status, Content content) {
    context.status(status).html(html(content));
  }

  static String html(Content content) {
    StringOutput output = new StringOutput();
    content.writeTo(new OwaspHtmlTemplateOutput(output));
    return output.toString();
  }
}
