package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files that name an event, a command and a setting are the ones that {@code CONTRIBUTING.md}
 * lists. A list that grows says that one more place has to know of every new one.
 */
final class TouchPointsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> KINDS = List.of(".java", ".avsc", ".json", ".jte", ".js");

  @ParameterizedTest
  @CsvSource({"event, LinkSuspended", "command, RekeyLink", "setting, ekeyAfterBytes"})
  void areTheListedOnes(String list, String name) throws IOException {
    Pattern word = Pattern.compile("\\b[rR]?" + name + "\\b");
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(TouchPointsTest::isSource).toList()) {
        if (word.matcher(Files.readString(file)).find()) {
          found.add(ROOT.relativize(file).toString());
        }
      }
    }

    assertThat(found).containsExactlyElementsOf(listed(list));
  }

  private static boolean isSource(Path file) {
    String path = ROOT.relativize(file).toString();
    return path.contains("src/main/")
        && !path.contains("/released/")
        && !path.contains("/target/")
        && KINDS.stream().anyMatch(path::endsWith);
  }

  private static Set<String> listed(String list) throws IOException {
    Matcher block =
        Pattern.compile("```%s\n(.*?)```".formatted(list), Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")));
    assertThat(block.find()).as(list).isTrue();
    return new TreeSet<>(block.group(1).lines().toList());
  }
}
