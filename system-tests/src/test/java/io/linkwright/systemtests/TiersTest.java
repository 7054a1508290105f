package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What starts a broker, a browser or tunnels says so, and is left out of the quick tier. */
final class TiersTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Map<String, Pattern> TIERS =
      Map.of(
          "broker",
          Pattern.compile("EmbeddedKafka\\.start|AllInOne\\.start|LinkwrightProcess\\.(up|run)"),
          "browser",
          Pattern.compile("Browser\\.start|@ExtendWith\\(SharedConsole"),
          "kernel",
          Pattern.compile("\"ip\", \"netns\""));

  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(broker|browser|kernel)\"\\)");

  @TestFactory
  Stream<DynamicTest> everyTestThatNeedsMoreThanAJvmIsTagged() {
    return tests()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(tier(read(file)).isEmpty() || isTagged(read(file)))
                            .as("%s needs one of @Tag(\"broker\"), \"browser\", \"kernel\"", file)
                            .isTrue()));
  }

  private static Optional<String> tier(String source) {
    return TIERS.entrySet().stream()
        .filter(tier -> tier.getValue().matcher(source).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isTagged(String source) {
    return TAG.matcher(source).find();
  }

  private static Stream<Path> tests() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.getFileName().toString().endsWith("Test.java"))
          .filter(file -> !file.getFileName().toString().equals("TiersTest.java"))
          .toList()
          .stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
