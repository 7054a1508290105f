package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the project's documents promise of themselves. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DECISIONS = ROOT.resolve("docs/decisions");
  private static final int MAX_COLUMNS = 100;
  private static final Pattern STATUS =
      Pattern.compile("Status: (accepted|replaced)( · .+)? · \\d{4}-\\d{2}-\\d{2}");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

  /** Tables and code cannot be wrapped. */
  @Test
  void linesEndWithinAHundredColumns() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path document : documents()) {
      boolean code = false;
      for (String line : Files.readAllLines(document)) {
        code ^= line.strip().startsWith("```");
        boolean wraps =
            !code && !line.startsWith("|") && !line.startsWith("![") && line.strip().contains(" ");
        if (wraps && line.codePointCount(0, line.length()) > MAX_COLUMNS) {
          tooLong.add(document + ": " + line);
        }
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyDecisionHasStatusAndDateAndIsInTheIndex() throws IOException {
    String index = Files.readString(DECISIONS.resolve("README.md"));
    for (Path decision : in(DECISIONS)) {
      String name = decision.getFileName().toString();
      if (name.equals("README.md")) {
        continue;
      }
      String[] paragraphs = Files.readString(decision).split("\n\n", 3);
      assertThat(paragraphs[0]).startsWith("# " + name.substring(0, 4) + " ");
      assertThat(paragraphs[1].replace('\n', ' ')).as(name).matches(STATUS);
      assertThat(index)
          .contains(
              "| [%s](%s) | %s |"
                  .formatted(name.substring(0, 4), name, paragraphs[0].substring(7)));
    }
  }

  @Test
  void whatIsLinkedIsThere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      String prose = Files.readString(document).replaceAll("```(?s:.*?)```|`[^`]*`", "");
      Matcher link = LINK.matcher(prose);
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(document + " → " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path directory : List.of(ROOT, ROOT.resolve("docs"), DECISIONS)) {
      documents.addAll(in(directory));
    }
    return documents;
  }

  private static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }
}
