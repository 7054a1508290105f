package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.SecretOpener;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One link, as everybody sees it who has a Kafka client: two members, linked over HTTP. */
@Tag("broker")
final class OneLinkTest {
  private static final String GROUP = "one-link";
  private static final EdgeKeys ALPHA = EdgeKeys.generate();
  private static final EdgeKeys BETA = EdgeKeys.generate();

  @TempDir private static Path directory;
  private static LinkwrightProcess.Site site;
  private static LinkwrightProcess process;
  private static LinkwrightApi api;
  private static JsonNode answer;

  @BeforeAll
  static void linkTwoMembers() {
    site = LinkwrightProcess.Site.in(directory);
    process = LinkwrightProcess.up(site);
    api = new LinkwrightApi(site.server());
    Operator operator = new Operator(api);
    operator.createPartialMesh(GROUP, TunnelProtocol.IPSEC);
    operator.addMember(GROUP, "alpha", ALPHA.publicKeysFor(TunnelProtocol.IPSEC));
    operator.addMember(GROUP, "beta", BETA.publicKeysFor(TunnelProtocol.IPSEC));
    answer = operator.addLink(GROUP, "beta", "alpha");
  }

  @AfterAll
  static void stop() {
    api.close();
    process.close();
  }

  @Test
  void theAnswerNamesTheLinkItsRevisionAndBothEdges() {
    assertThat(answer.path("link").path("id").asText(answer.path("link").asText()))
        .isEqualTo("alpha~beta");
    assertThat(answer.path("revision").asLong()).isEqualTo(4);
    assertThat(answer.path("affectedEdges")).map(JsonNode::asText).containsExactly("alpha", "beta");
  }

  @Test
  void theLinkIsOneRecordOnTheLogAndTwoOnEdgeConfig() {
    Log log = new Log(site.bootstrapServers());

    List<ConsumerRecord<String, byte[]>> events = log.raw("linkwright.events");
    List<String> configurationKeys =
        log.raw("linkwright.edge-config").stream().map(ConsumerRecord::key).toList();

    assertThat(events).hasSize(4).allMatch(record -> record.key().equals(GROUP));
    assertThat(configurationKeys)
        .containsExactlyInAnyOrder(
            "alpha/one-link/",
            "beta/one-link/",
            "alpha/one-link/alpha~beta",
            "beta/one-link/alpha~beta");
  }

  @Test
  void aDecoderThatIsNotOursReadsEveryRecordThroughTheRegistry() {
    Log log = new Log(site.bootstrapServers());
    ForeignDecoder decoder = new ForeignDecoder(site.server().resolve("/registry").toString());

    for (String topic : List.of("linkwright.events", "linkwright.edge-config")) {
      for (ConsumerRecord<String, byte[]> record : log.raw(topic)) {
        GenericRecord decoded = decoder.decode(record.value());
        assertThat(decoded.get("group").toString()).isEqualTo(GROUP);
        assertThat((Long) decoded.get("revision")).isPositive();
      }
    }
  }

  @Test
  void bothEdgesOpenTheSameSecretsAndNobodyElseFindsThem() throws Exception {
    Map<EdgeConfigKey, EdgeConfiguration> records =
        new Log(site.bootstrapServers()).edgeConfigurations();

    List<byte[]> atAlpha = secrets(records, new EdgeId("alpha"), ALPHA);
    List<byte[]> atBeta = secrets(records, new EdgeId("beta"), BETA);

    assertThat(atAlpha).hasSize(4).usingRecursiveComparison().isEqualTo(atBeta);
    assertThat(filesThatContain(atAlpha)).isEmpty();
    assertThat(process.output()).doesNotContain(encodings(atAlpha));
  }

  private static List<byte[]> secrets(
      Map<EdgeConfigKey, EdgeConfiguration> records, EdgeId edge, EdgeKeys keys) throws Exception {
    LinkId link = LinkId.parse("alpha~beta");
    GroupId group = new GroupId(GROUP);
    EdgeConfiguration record = records.get(EdgeConfigKey.ofLink(edge, group, link));
    LinkSecrets opened =
        new SecretOpener(keys).open(group, edge, link, record.secrets().orElseThrow());
    List<byte[]> raw = new ArrayList<>();
    for (TunnelSecrets tunnel : opened.tunnels()) {
      switch (tunnel) {
        case TunnelSecrets.SaSecrets both -> {
          raw.add(both.aToB());
          raw.add(both.bToA());
        }
        case TunnelSecrets.PresharedSecret preshared -> raw.add(preshared.key());
      }
    }
    return raw;
  }

  /** Files below the data directory: the broker's logs, state stores, log files, everything. */
  private static List<Path> filesThatContain(List<byte[]> secrets) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> containsAny(file, secrets)).toList();
    }
  }

  private static boolean containsAny(Path file, List<byte[]> secrets) {
    String content;
    try {
      content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return false;
    }
    return Stream.of(encodings(secrets)).anyMatch(content::contains);
  }

  /** As bytes, as hexadecimal and as base64: the forms a secret slips out in. */
  private static String[] encodings(List<byte[]> secrets) {
    return secrets.stream()
        .flatMap(
            secret ->
                Stream.of(
                    new String(secret, StandardCharsets.ISO_8859_1),
                    HexFormat.of().formatHex(secret),
                    Base64.getEncoder().withoutPadding().encodeToString(secret)))
        .toArray(String[]::new);
  }
}
