package io.linkwright.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.linkwright.fuzz.ApiDocument.Operation;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes requests: right ones, nearly right ones, and ones that nobody sends by mistake. */
final class RequestMaker {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final List<String> GROUPS = List.of("fuzz", "fuzz-b", "nowhere");
  private static final List<String> EDGES = List.of("fuzz-a", "fuzz-b", "fuzz-c", "nobody");
  private static final List<String> LINKS = List.of("fuzz-a~fuzz-b", "fuzz-b~fuzz-c", "a~b");
  private static final List<String> VERSIONS = List.of("1", "latest", "7");
  private static final List<String> SUBJECTS =
      List.of("linkwright.events-value", "linkwright.topology-value", "none");
  private static final List<String> METHODS =
      List.of("HEAD", "OPTIONS", "TRACE", "PUT", "PROPFIND", "BEFORE", "AFTER", "get", "GET");

  private final ApiDocument document;
  private final FuzzRun fuzz;

  RequestMaker(ApiDocument document, FuzzRun fuzz) {
    this.document = document;
    this.fuzz = fuzz;
  }

  /** A request and what of it an answer depends on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(Operation operation, String method, byte[] bytes, boolean plain) {
    /** For the message of a finding. */
    String excerpt() {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return operation
          + " asked as «"
          + text.substring(0, Math.min(1_500, text.length())).replace("\r\n", "⏎")
          + "» ";
    }
  }

  Request next(List<Operation> operations) {
    Operation operation = fuzz.oneOf(operations);
    boolean plain = !fuzz.oneIn(3);
    String method = plain || !fuzz.oneIn(8) ? operation.method() : fuzz.oneOf(METHODS);
    byte[] body = body(operation, plain);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path(operation, plain)).append(query(operation, plain));
    head.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    if (plain || !fuzz.oneIn(10)) {
      head.append("Content-Type: application/json\r\n");
    }
    headers(operation, plain, head);
    head.append("Content-Length: ").append(plain ? body.length : length(body)).append("\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(!plain && fuzz.oneIn(10) ? fuzz.mutated(start) : start);
    bytes.writeBytes(body);
    return new Request(operation, method, bytes.toByteArray(), plain);
  }

  private String path(Operation operation, boolean plain) {
    Matcher parameters = PARAMETER.matcher(operation.path());
    return parameters.replaceAll(
        parameter ->
            Matcher.quoteReplacement(
                plain || !fuzz.oneIn(3) ? known(parameter.group(1)) : onOneLine(fuzz.hostile())));
  }

  private String known(String parameter) {
    return switch (parameter) {
      case "group" -> fuzz.oneOf(GROUPS);
      case "edge" -> fuzz.oneOf(EDGES);
      case "link" -> fuzz.oneOf(LINKS);
      case "subject" -> fuzz.oneOf(SUBJECTS);
      case "version" -> fuzz.oneOf(VERSIONS);
      case "file" -> "start.js";
      default -> "1";
    };
  }

  private String query(Operation operation, boolean plain) {
    List<String> pairs = new ArrayList<>();
    for (String name : document.parameters(operation, "query")) {
      // A revision that nobody reaches is waited for, which takes the time of a thousand requests.
      if (fuzz.oneIn(name.equals("minRevision") ? 200 : 3)) {
        pairs.add(name + "=" + (plain ? knownValue(name) : onOneLine(fuzz.hostile())));
      }
    }
    if (!plain && fuzz.oneIn(4)) {
      pairs.add(onOneLine(fuzz.hostile()) + (fuzz.oneIn(2) ? "=" : "") + onOneLine(fuzz.hostile()));
    }
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private String knownValue(String name) {
    return switch (name) {
      case "dryRun" -> fuzz.oneOf(List.of("true", "false"));
      case "edge" -> fuzz.oneOf(EDGES);
      case "limit" -> fuzz.oneOf(List.of("1", "100", "1000"));
      case "after" -> fuzz.oneOf(List.of("fuzz-a", "fuzz-a~fuzz-b", "1"));
      default -> fuzz.oneOf(List.of("0", "1", "2"));
    };
  }

  private void headers(Operation operation, boolean plain, StringBuilder head) {
    for (String name : document.parameters(operation, "header")) {
      if (fuzz.oneIn(4)) {
        head.append(name).append(": ").append(knownHeader(name, plain)).append("\r\n");
      }
    }
    if (!plain && fuzz.oneIn(3)) {
      head.append(
              fuzz.oneOf(
                  List.of(
                      "Content-Encoding",
                      "Transfer-Encoding",
                      "Content-Type",
                      "Expect",
                      "X-HTTP-Method-Override",
                      "Linkwright-Forwarded-By",
                      "Linkwright-Partitions",
                      "Sec-WebSocket-Version",
                      "Upgrade",
                      "Accept",
                      "Accept-Encoding",
                      "Range",
                      "Cookie",
                      "Origin")))
          .append(": ")
          .append(
              fuzz.oneIn(2)
                  ? fuzz.hostile()
                  : fuzz.oneOf(List.of("gzip", "DELETE", "13", "websocket", "text/html", "*/*")))
          .append("\r\n");
    }
  }

  private String knownHeader(String name, boolean plain) {
    if (!plain && fuzz.oneIn(2)) {
      return fuzz.hostile();
    }
    return switch (name) {
      case "If-Match" -> "\"" + fuzz.below(5) + "\"";
      case "Idempotency-Key" -> "key-" + fuzz.below(1_000_000);
      case "Sec-WebSocket-Protocol" -> "linkwright.v1";
      case "Last-Event-ID" -> "1";
      default -> "UTF-8''M%C3%BCller";
    };
  }

  private byte[] body(Operation operation, boolean plain) {
    if (operation.method().equals("GET")) {
      return !plain && fuzz.oneIn(5) ? fuzz.bytes(100) : new byte[0];
    }
    byte[] right;
    try {
      right = LinkwrightApi.mapper().writeValueAsBytes(document.body(operation, fuzz));
    } catch (JsonProcessingException halfCharacter) {
      right = "{\"name\": \"\\ud800\"}".getBytes(StandardCharsets.US_ASCII);
    }
    if (plain) {
      return right;
    }
    return switch (fuzz.below(6)) {
      case 0 -> fuzz.bytes(2_000);
      case 1 -> "[".repeat(fuzz.below(50_000)).getBytes(StandardCharsets.US_ASCII);
      case 2 ->
          ("{\"name\": " + "9".repeat(fuzz.below(2_000)) + "}").getBytes(StandardCharsets.US_ASCII);
      case 3 -> new byte[fuzz.below(3 << 20)];
      case 4 -> right;
      default -> fuzz.mutated(right);
    };
  }

  private String length(byte[] body) {
    return fuzz.oneIn(8)
        ? onOneLine(fuzz.hostile())
        : Integer.toString(Math.max(0, body.length + (fuzz.oneIn(5) ? fuzz.below(9) - 4 : 0)));
  }

  /** A request line ends with the line; what follows would be another request. */
  private static String onOneLine(String text) {
    return text.replaceAll("[\r\n]", "").replace(" ", "%20");
  }
}
