package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** axe-core over a page: nothing serious or critical may be wrong with it. */
final class Accessibility {
  private static final String AXE = source();

  private static final String FAULTS =
      """
      async () => {
        const found = await axe.run(document, {resultTypes: ['violations']});
        return found.violations
          .filter(fault => fault.impact === 'serious' || fault.impact === 'critical')
          .map(fault => fault.id + ': ' + fault.help + ' ' + fault.nodes.map(node => node.html).join(' | '));
      }
      """;

  private Accessibility() {}

  static void check(Page page, String where) {
    page.evaluate(AXE);
    assertThat((List<?>) page.evaluate(FAULTS)).as(where).isEmpty();
  }

  private static String source() {
    try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
