package io.linkwright.terminal.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class OutputFormatTest {
  private static final ObjectNode ANSWER = answer();

  @Test
  void everyFormatForProgramsReadsBackAlike() throws Exception {
    assertThat(new ObjectMapper().readTree(OutputFormat.JSON.of(ANSWER, _ -> "")))
        .isEqualTo(ANSWER);
    assertThat(new YAMLMapper().readTree(OutputFormat.YAML.of(ANSWER, _ -> ""))).isEqualTo(ANSWER);
  }

  @Test
  void aTextThatLooksLikeANumberStaysAText() {
    assertThat(OutputFormat.YAML.of(ANSWER, _ -> "")).contains("name: \"12\"", "country: \"no\"");
  }

  @Test
  void oneOfManyIsALineOrADocument() {
    assertThat(OutputFormat.JSON.ofMany(ANSWER, _ -> "")).doesNotContain("\n");
    assertThat(OutputFormat.YAML.ofMany(ANSWER, _ -> "")).startsWith("---\n");
    assertThat(OutputFormat.TABLE.ofMany(ANSWER, _ -> "words")).isEqualTo("words");
  }

  private static ObjectNode answer() {
    ObjectNode answer = new ObjectMapper().createObjectNode();
    answer.put("name", "12").put("country", "no").put("revision", 12).putNull("hub");
    answer.putArray("isolated").add("denver");
    return answer;
  }
}
