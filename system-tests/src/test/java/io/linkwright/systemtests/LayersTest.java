package io.linkwright.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of modules, held against the classes: a package may use only what its row names. */
final class LayersTest {
  private static final String ROOT = "io.linkwright.";

  /** Package below the root, and the packages below the root that it may use. */
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("domain", List.of()),
              Map.entry("schemas", List.of("domain")),
              Map.entry("edgeprotocol", List.of("domain")),
              Map.entry("httpapi", List.of("domain")),
              Map.entry("terminal", List.of("domain", "httpapi")),
              Map.entry("http", List.of("domain", "httpapi")),
              Map.entry("embedded", List.of()),
              Map.entry("command", List.of("domain", "httpapi", "schemas", "edgeprotocol", "http")),
              Map.entry("topology", List.of("domain", "httpapi", "schemas", "http")),
              Map.entry("pusher", List.of("domain", "schemas", "edgeprotocol", "http")),
              Map.entry("agent", List.of("domain", "httpapi", "terminal", "edgeprotocol")),
              Map.entry(
                  "simulator", List.of("domain", "httpapi", "schemas", "edgeprotocol", "agent")),
              Map.entry("console", List.of("domain", "httpapi", "http")),
              Map.entry("cli", List.of("domain", "httpapi", "terminal", "schemas", "edgeprotocol")),
              Map.entry(
                  "standalone",
                  List.of(
                      "domain",
                      "httpapi",
                      "terminal",
                      "schemas",
                      "edgeprotocol",
                      "http",
                      "embedded",
                      "command",
                      "topology",
                      "pusher",
                      "agent",
                      "simulator",
                      "console",
                      "cli")),
              Map.entry("examples", List.of("schemas"))));

  /** Uses all others, and is used by none. */
  private static final String BENCH = "bench";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.linkwright");

  @TestFactory
  List<DynamicTest> aModuleUsesOnlyWhatItsRowNames() {
    return MAY_USE.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(row.getKey(), () -> onlyUses(row.getKey(), row.getValue())))
        .toList();
  }

  @Test
  void theDomainUsesNothingButTheJdk() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "domain..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(ROOT + "domain..", "java..", "javax.crypto..")
        .check(CLASSES);
  }

  @Test
  void thePackagesOfTheDomainHaveNoCycles() {
    slices().matching(ROOT + "domain.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theAggregateKnowsNothingOfDelivery() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "domain.group..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "domain.delivery..")
        .check(CLASSES);
  }

  @Test
  void everyModuleWithASourceHasARow() {
    List<String> unlisted =
        CLASSES.stream()
            .map(type -> moduleOf(type.getPackageName()))
            .distinct()
            .filter(name -> !MAY_USE.containsKey(name) && !name.equals(BENCH))
            .toList();

    Assertions.assertThat(unlisted).isEmpty();
  }

  private static String moduleOf(String packageName) {
    String belowRoot = packageName.substring(ROOT.length());
    int dot = belowRoot.indexOf('.');
    return dot < 0 ? belowRoot : belowRoot.substring(0, dot);
  }

  private static void onlyUses(String module, List<String> allowed) {
    String[] forbidden =
        Stream.concat(MAY_USE.keySet().stream(), Stream.of(BENCH))
            .filter(other -> !other.equals(module) && !allowed.contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }
}
