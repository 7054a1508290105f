package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import java.util.Set;

/** A form in a dialog, about one subject. */
public interface Dialog {

  /** What the dialog shows. */
  Content show(FormState form);

  /** The fields that a service's words can stand beside; a question has none. */
  default Set<String> fields() {
    return Set.of();
  }

  /** Sends what was typed. */
  CommandAnswer send(FormState form);

  /** What the browser does once it is done. */
  Outcome done(FormState form, JsonNode answer);

  /** How a dialog ends well. */
  sealed interface Outcome {

    /** It closes, with a word about what happened; the page shows it by itself. */
    record Close(String message) implements Outcome {}

    /** The browser goes to another page. */
    record GoTo(String path) implements Outcome {}

    /** The dialog shows something that is shown only once. */
    record Show(Content content) implements Outcome {}
  }
}
