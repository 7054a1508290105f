package io.linkwright.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class ApiDocsTest {
  @Test
  void besideTheConsoleTheyAreOnTheSameServerWhateverItsName() {
    assertThat(ApiDocs.besideConsole()).isEqualTo(new ApiDocs("/docs", "/openapi.json"));
  }

  @Test
  void elsewhereTheyAreNamedWithTheirServer() {
    ApiDocs docs =
        new ApiDocs("https://api.example:8443/docs", "https://api.example:8443/openapi.json");

    assertThat(ApiDocs.at(URI.create("https://api.example:8443"))).isEqualTo(docs);
    assertThat(ApiDocs.at(URI.create("https://api.example:8443/"))).isEqualTo(docs);
  }
}
