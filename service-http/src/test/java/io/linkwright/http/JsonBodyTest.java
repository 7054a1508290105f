package io.linkwright.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.linkwright.httpapi.ProblemCodes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class JsonBodyTest {

  @Test
  void readsEveryKindOfField() {
    JsonBody body =
        parse(
            "{\"s\": \"a\", \"n\": 1.5, \"b\": true, \"o\": {\"x\": \"y\"},"
                + " \"l\": [{\"i\": \"1\"}, {\"i\": \"2\"}], \"t\": [\"3\"], \"gone\": null}");

    assertThat(body.string("s")).isEqualTo("a");
    assertThat(body.optionalNumber("n")).hasValue(1.5);
    assertThat(body.optionalFlag("b")).hasValue(true);
    assertThat(body.optionalObject("o").map(inner -> inner.string("x"))).hasValue("y");
    assertThat(body.objects("l", 2, item -> item.parsed("i", Integer::valueOf)))
        .containsExactly(1, 2);
    assertThat(body.strings("t", 1, Integer::valueOf)).containsExactly(3);
    assertThat(body.optionalString("gone")).isEmpty();
    assertThat(body.optionalNumber("absent")).isEmpty();
    body.done();
  }

  @Test
  void tellsAbsentFromClearedInAPatch() {
    JsonBody body = parse("{\"cleared\": null, \"set\": \"1\", \"list\": [\"2\"]}");

    assertThat(body.clearable("cleared", Integer::valueOf)).hasValue(Optional.empty());
    assertThat(body.clearable("set", Integer::valueOf)).hasValue(Optional.of(1));
    assertThat(body.clearable("absent", Integer::valueOf)).isEmpty();
    assertThat(body.patchedStrings("list", 1, Integer::valueOf)).hasValue(List.of(2));
    assertThat(body.patchedStrings("absent", 1, Integer::valueOf)).isEmpty();
    assertRefused("{\"name\": null}", "name", b -> b.patched("name", name -> name));
  }

  @Test
  void namesTheFieldAtFault() {
    assertRefused("{}", "edgeA", body -> body.string("edgeA"));
    assertRefused("{\"edgeA\": 1}", "edgeA", body -> body.string("edgeA"));
    assertRefused("{\"n\": \"1\"}", "n", body -> body.optionalNumber("n"));
    assertRefused("{\"n\": \"1\"}", "n", body -> body.optionalFlag("n"));
    assertRefused("{\"n\": \"x\"}", "n", body -> body.parsed("n", Integer::valueOf));
    assertRefused("{\"more\": 1}", "more", JsonBody::done);
    assertRefused("{\"l\": {}}", "l", body -> body.strings("l", 1, word -> word));
    assertRefused("{\"l\": [\"a\", \"b\"]}", "l", body -> body.strings("l", 1, word -> word));
    assertRefused("{\"l\": [\"a\", 1]}", "l[1]", body -> body.strings("l", 9, word -> word));
    assertRefused("{\"l\": [{}, 1]}", "l[1]", body -> body.objects("l", 9, item -> item));
    assertRefused(
        "{\"add\": [{\"edgeA\": \"a\"}]}",
        "add[0].edgeB",
        body -> body.objects("add", 9, item -> item.string("edgeA") + item.string("edgeB")));
    assertRefused(
        "{\"add\": [{\"edgeA\": \"a\", \"x\": 1}]}",
        "add[0].x",
        body -> body.objects("add", 9, item -> item.string("edgeA")));
  }

  @Test
  void namesTheFieldWhereTheTextIsMalformed() {
    assertRefused("{\"edgeA\": \"a\", \"edgeA\": \"b\"}", "edgeA", _ -> {});
    assertRefused("{\"edgeA\": tru}", "edgeA", _ -> {});
    assertRefused("{\"add\": [{}, {\"edgeA\": ?", "add[1].edgeA", _ -> {});
  }

  @Test
  void refusesWhatIsNotOneObject() {
    for (String text :
        List.of("", "null", "[]", "\"a\"", "{} {}", "{", "\u0000", "[".repeat(5_000))) {
      ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> parse(text));
      assertThat(refusal).as(text).isNotNull();
      assertThat(refusal.problem().status()).isEqualTo(400);
      assertThat(refusal.problem().code()).isEqualTo(ProblemCodes.INVALID_REQUEST);
    }
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    byte[] latin = {'{', '"', 'a', '"', ':', '"', (byte) 0xe9, '"', '}'};

    assertThat(catchThrowableOfType(ProblemException.class, () -> JsonBody.parse(latin)))
        .isNotNull();
  }

  @Test
  void boundsNestingStringsAndNumbers() {
    assertRefused("{\"a\":".repeat(Json.MAX_NESTING_DEPTH + 1), _ -> {});
    assertRefused("{\"a\": \"" + "x".repeat(Json.MAX_STRING_LENGTH + 1) + "\"}", _ -> {});
    assertRefused("{\"a\": " + "9".repeat(Json.MAX_NUMBER_LENGTH + 1) + "}", _ -> {});
  }

  private static void assertRefused(String text, String field, Consumer<JsonBody> reading) {
    assertThat(refusal(text, reading).field()).as(text).hasValue(field);
  }

  private static void assertRefused(String text, Consumer<JsonBody> reading) {
    assertThat(refusal(text, reading).detail()).isNotBlank();
  }

  private static Problem refusal(String text, Consumer<JsonBody> reading) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> reading.accept(parse(text)));
    assertThat(refusal).as(text).isNotNull();
    assertThat(refusal.problem().code()).isEqualTo(ProblemCodes.INVALID_REQUEST);
    return refusal.problem();
  }

  private static JsonBody parse(String text) {
    return JsonBody.parse(text.getBytes(UTF_8));
  }

  @Test
  void refusesHalfCharactersWhereverTheyAre() {
    for (String text :
        List.of(
            "{\"name\": \"\\ud800\"}",
            "{\"name\": \"a\\udc00b\"}",
            "{\"\\ud800\": 1}",
            "{\"in\": [{\"deep\": \"\\ud800\\ud800\"}]}")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> JsonBody.parse(text.getBytes(UTF_8)))
          .withMessageContaining("surrogate pair");
    }
    assertThat(JsonBody.parse("{\"name\": \"\\ud83d\\udc69\"}".getBytes(UTF_8)).string("name"))
        .isEqualTo("\ud83d\udc69");
  }

  @Test
  void refusesOtherCharsetsThanUtf8() {
    for (byte[] text :
        List.of(
            "{\"a\": 1}".getBytes(UTF_16),
            "{\"a\": 1}".getBytes(UTF_16LE),
            "{\"a\": \"ü\"}".getBytes(ISO_8859_1),
            new byte[] {'{', '"', (byte) 0xc1, (byte) 0xa1, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'})) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> JsonBody.parse(text))
          .withMessageContaining("not JSON in UTF-8");
    }
  }

  @Test
  void namesNoClassOfALibrary() {
    for (String text :
        List.of(
            "{\"a\": 1} {",
            "{\"a\": " + "[".repeat(50) + "]".repeat(50) + "}",
            "{\"a\": " + "9".repeat(100) + "}",
            "{\"a\": \"" + "x".repeat(100_000) + "\"}",
            "{\"" + "x".repeat(1_000) + "\": 1}",
            "{\"a\": 1, \"a\": 2}",
            "{\"a\": nope}",
            "{\"a\": \"\n\"}",
            "{\"a\"",
            "",
            "{")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> JsonBody.parse(text.getBytes(UTF_8)))
          .satisfies(
              refused ->
                  assertThat(refused.getMessage())
                      .doesNotContain("com.", "java", "Stream", "`", "Feature", "Source"));
    }
  }
}
