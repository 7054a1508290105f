package io.linkwright.edgeprotocol;

import static io.linkwright.edgeprotocol.Fixtures.DENVER;
import static io.linkwright.edgeprotocol.Fixtures.GROUP;
import static io.linkwright.edgeprotocol.Fixtures.LINK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EdgeMessagesTest {
  private static final SignedDocument SIGNED =
      new SignedDocument("{\"a\":\"\u00e9\"}".getBytes(UTF_8), "0123456789abcdef", new byte[64]);
  private static final SealedSecrets SEALED =
      new SealedSecrets(SealingSuite.LABEL, 3, new byte[1_120], new byte[12], new byte[50]);
  private static final LinkUpdate UPDATE = new LinkUpdate(LINK, 42, SIGNED, SEALED);
  private static final LinkId OTHER_LINK = LinkId.between(DENVER, new EdgeId("omaha"));

  private static final List<ServerMessage> SERVER_MESSAGES =
      List.of(
          new ServerMessage.Challenge("0123456789abcdefghijkl"),
          new ServerMessage.Config(
              GROUP, "n1", 42, false, Optional.empty(), List.of(UPDATE), List.of(OTHER_LINK)),
          new ServerMessage.Config(
              GROUP, "n2", 42, true, Optional.of(SIGNED), List.of(UPDATE, UPDATE), List.of()),
          ServerMessage.Config.groupGone(GROUP, "n3", Revision.MAX),
          new ServerMessage.ChangeOver(
              GROUP, new TreeMap<>(Map.of(LINK, 42L)), new TreeMap<>(Map.of(OTHER_LINK, 40L))));

  private static final List<EdgeMessage> EDGE_MESSAGES =
      List.of(
          EdgeMessage.Hello.of(new byte[64], Map.of()),
          EdgeMessage.Hello.of(
              new byte[] {1, 2, 3},
              Map.of(
                  GROUP,
                  Have.of(42, Map.of(LINK, 40L, OTHER_LINK, 42L)),
                  new GroupId("other"),
                  Have.of(0, Map.of()))),
          EdgeMessage.Hello.of(
              new byte[64],
              Map.of(
                  GROUP,
                  new Have(
                      42, new TreeMap<>(Map.of(LINK, 40L)), new TreeMap<>(Map.of(LINK, 38L))))),
          new EdgeMessage.Ack("n1", GROUP, 42),
          new EdgeMessage.Ack("n1", GROUP, 42, new TreeMap<>(Map.of(LINK, 38L))),
          new EdgeMessage.Status(GROUP, List.of(), List.of(new KeyChange(LINK, 40, 38))),
          new EdgeMessage.Status(
              GROUP, List.of(), List.of(), List.of(new LinkProblem(LINK, "endpoint x"))),
          new EdgeMessage.Nack("n1", GROUP, 42, "line one\nline \"two\""),
          new EdgeMessage.Status(GROUP, List.of()),
          new EdgeMessage.Status(
              GROUP,
              List.of(
                  new TunnelStatus(LINK, 0, TunnelState.UP),
                  new TunnelStatus(LINK, 1, TunnelState.DOWN),
                  new TunnelStatus(OTHER_LINK, 0, TunnelState.UNKNOWN))));

  @Test
  void messagesAreReadAsTheyWereWritten() throws Exception {
    for (ServerMessage message : SERVER_MESSAGES) {
      assertThat(EdgeMessages.readServer(EdgeMessages.write(message))).isEqualTo(message);
    }
    for (EdgeMessage message : EDGE_MESSAGES) {
      assertThat(EdgeMessages.readEdge(EdgeMessages.write(message))).isEqualTo(message);
    }
  }

  @Test
  void membersOfANewerWriterArePassedOver() throws Exception {
    assertThat(
            EdgeMessages.readEdge(
                "{\"type\":\"ack\",\"new\":{},\"nonce\":\"n\",\"group\":\"backbone\",\"revision\":1}"))
        .isEqualTo(new EdgeMessage.Ack("n", GROUP, 1));
  }

  @Test
  void problemsBeyondTheBoundAreLeftOut() {
    EdgeMessage.Status status =
        new EdgeMessage.Status(
            GROUP,
            List.of(),
            List.of(),
            Collections.nCopies(
                ProtocolLimits.MAX_PROBLEMS_PER_STATUS + 1, new LinkProblem(LINK, "gone")));

    assertThat(status.problems()).hasSize(ProtocolLimits.MAX_PROBLEMS_PER_STATUS);
  }

  @Test
  void aReleasedConfigurationIsVerifiedAndOpened() throws Exception {
    EdgeKeys keys = EdgeKeys.ofJson(Fixtures.resource("edge-keys.json"));
    ControllerPublicKey controller =
        ControllerKey.ofPem(Fixtures.resource("controller-key.pem")).publicKey();

    ServerMessage.Config config =
        (ServerMessage.Config)
            EdgeMessages.readServer(new String(Fixtures.resource("config.json"), UTF_8));
    LinkUpdate update = config.set().getFirst();

    assertThat(controller.verifies(update.document())).isTrue();
    LinkDocument document = Documents.readLink(update.document().document());
    assertThat(document.link()).isEqualTo(Fixtures.link(TunnelProtocol.IPSEC));
    assertThat(SecretsDigest.of(update.secrets())).isEqualTo(document.secretsDigestFor(DENVER));
    assertThat(
            Fingerprints.match(
                document.link(),
                new SecretOpener(keys).open(GROUP, DENVER, LINK, update.secrets())))
        .isTrue();
  }

  @Test
  void whatIsNoMessageIsRefused() {
    String ack = "{\"type\":\"ack\",\"nonce\":\"n\",\"group\":\"g\",\"revision\":1}";
    Map<String, String> refusals =
        Map.ofEntries(
            Map.entry("", "not a JSON object"),
            Map.entry("7", "not a JSON object"),
            Map.entry("nonsense", "not JSON"),
            Map.entry("{\"type\":\"ack\"", "not JSON"),
            Map.entry("{}", "type is missing"),
            Map.entry("{\"type\":7}", "type is not text"),
            Map.entry("{\"type\":\"config\"}", "type is not a message of an edge"),
            Map.entry(ack.replace("\"n\"", "\"" + "n".repeat(129) + "\""), "nonce has 129"),
            Map.entry(ack.replace("\"g\"", "\"../g\""), "group: "),
            Map.entry(ack.replace(":1}", ":null}"), "revision is not"),
            Map.entry("{\"type\":\"hello\",\"signature\":\"?\",\"have\":{}}", "signature: "),
            Map.entry(
                "{\"type\":\"hello\",\"signature\":\"\",\"have\":{\"g\":1}}", "have.g is not"),
            Map.entry(
                "{\"type\":\"hello\",\"signature\":\"\",\"have\":{\"g\":{\"revision\":1,\"links\":{\"a\":1}}}}",
                "have.g.links.a: "),
            Map.entry(
                "{\"type\":\"status\",\"group\":\"g\",\"tunnels\":[{\"link\":\"a~b\",\"index\":0,\"state\":\"up\"}]}",
                "tunnels[0].state: "),
            Map.entry(
                "{\"type\":\"status\",\"group\":\"g\",\"tunnels\":[{\"link\":\"a~a\",\"index\":0,\"state\":\"UP\"}]}",
                "tunnels[0].link: "));

    refusals.forEach(
        (input, reason) ->
            assertThatThrownBy(() -> EdgeMessages.readEdge(input))
                .as(input)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(reason));
  }

  @Test
  void anythingCutShortIsRefused() {
    for (ServerMessage message : SERVER_MESSAGES) {
      String whole = EdgeMessages.write(message);
      for (int length = 0; length < whole.length(); length += 1 + whole.length() / 200) {
        String cut = whole.substring(0, length);
        assertThatThrownBy(() -> EdgeMessages.readServer(cut))
            .isInstanceOf(ProtocolException.class);
      }
    }
  }

  @Test
  void aMessageOverTheBoundIsRefusedUnread() {
    String tooLong = " ".repeat(ProtocolLimits.MAX_MESSAGE_LENGTH) + "{}";

    assertThatThrownBy(() -> EdgeMessages.readServer(tooLong))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("over the allowed");
  }

  @Test
  void aConfigurationThatContradictsItselfIsNotMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ServerMessage.Config(
                    GROUP, "n", 1, true, Optional.empty(), List.of(UPDATE), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerMessage.Config.groupGone(GROUP, "n", -1));
  }

  @Test
  void aLongReasonIsCutOff() {
    assertThat(new EdgeMessage.Nack("n", GROUP, 1, "x".repeat(10_000)).error())
        .hasSize(ProtocolLimits.MAX_ERROR_LENGTH);
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    List<String> messages =
        List.of(
            "{'type':'hello','signature':'','have':{'g':{'revision':-1,'links':{}}}}",
            "{'type':'hello','signature':'','have':{'g':{'revision':9223372036854775807,'links':{}}}}",
            "{'type':'hello','signature':'','have':{'g':{'revision':1,'links':{'a~b':-5}}}}",
            "{'type':'hello','signature':'','have':{'g':{'revision':1,'links':{},'sending':{'a~b':-5}}}}",
            "{'type':'ack','nonce':'n','group':'g','revision':-1}",
            "{'type':'ack','nonce':'n','group':'g','revision':9007199254740992}",
            "{'type':'ack','nonce':'n','group':'g','revision':1,'sending':{'a~b':-1}}",
            "{'type':'nack','nonce':'n','group':'g','revision':-1,'error':''}",
            "{'type':'status','group':'g','tunnels':[{'link':'a~b','index':2,'state':'UP'}]}",
            "{'type':'status','group':'g','tunnels':[{'link':'a~b','index':-1,'state':'UP'}]}",
            "{'type':'status','group':'g','tunnels':[{'link':'a~b','index':0,'state':'UP'},{'link':'b~a','index':0,'state':'DOWN'}]}",
            "{'type':'status','group':'g','tunnels':[],'keyChanges':[{'link':'a~b','newest':-1,'sending':0}]}",
            "{'type':'status','group':'g','tunnels':[],'keyChanges':[{'link':'a~b','newest':1,'sending':1e3}]}");

    for (String message : messages) {
      assertThatThrownBy(() -> EdgeMessages.readEdge(message.replace('\'', '"')))
          .as(message)
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void wordsOfADeviceAreMadePlain() throws Exception {
    String nack =
        "{\"type\":\"nack\",\"nonce\":\"n\",\"group\":\"g\",\"revision\":1,\"error\":\"a\\n"
            + "b\\u202ec\"}";

    assertThat(EdgeMessages.readEdge(nack))
        .isEqualTo(new EdgeMessage.Nack("n", new GroupId("g"), 1, "a\uFFFDb\uFFFDc"));
  }
}
