package io.linkwright.agent;

import static io.linkwright.agent.TestAgents.DENVER;
import static io.linkwright.agent.TestAgents.GROUP;
import static io.linkwright.agent.TestAgents.OMAHA;
import static io.linkwright.agent.TestAgents.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.KeyChanges;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a server says: it is refused as the protocol has it, and the agent stays. */
final class HostileServerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SEEDS = 6;
  private static final int MESSAGES = 400;

  @TempDir private Path directory;

  /** Reading and judging throw nothing but what says that a message is malformed. */
  @Test
  void mutatedMessagesAreReadOrRefusedAndNeverChangeWhatTheControllerHasNotSigned()
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      TestController controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, random);
      ConfigurationVerifier verifier =
          new ConfigurationVerifier(
              DENVER, controller.keysOf(DENVER), controller.key().publicKey());
      EdgeState state = new EdgeState();
      List<ServerMessage> genuine = genuine(controller);
      for (int i = 0; i < MESSAGES; i++) {
        JsonNode message =
            MAPPER.readTree(EdgeMessages.write(genuine.get(random.nextInt(genuine.size()))));
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          mutate(message, random);
        }
        String text = MAPPER.writeValueAsString(message);
        try {
          judge(verifier, state, EdgeMessages.readServer(text));
        } catch (ProtocolException refused) {
          assertThat(refused.getMessage()).isNotBlank();
        } catch (RuntimeException bug) {
          throw new AssertionError("seed %d: %.2000s".formatted(seed, text), bug);
        }
      }
      List<?> signed =
          genuine.stream()
              .filter(Config.class::isInstance)
              .flatMap(message -> ((Config) message).set().stream())
              .toList();
      assertThat(StateView.of(state).links().getOrDefault(GROUP, Map.of()).values())
          .as("seed %d", seed)
          .allMatch(signed::contains);
    }
  }

  private static void judge(
      ConfigurationVerifier verifier, EdgeState state, ServerMessage message) {
    switch (message) {
      case Config config -> {
        if (verifier.check(state, config) instanceof Verdict.Accepted(var plan)) {
          state.apply(plan);
        }
      }
      case ChangeOver step -> KeyChanges.plan(state, step).ifPresent(state::apply);
      case ServerMessage.Challenge _ -> {}
    }
  }

  private static List<ServerMessage> genuine(TestController controller) {
    List<ServerMessage> messages = new ArrayList<>();
    messages.add(new ServerMessage.Challenge(TestServer.NONCE));
    messages.add(
        new Config(
            GROUP,
            "n",
            controller.revision() + 1,
            true,
            Optional.of(controller.membership(DENVER)),
            List.of(),
            List.of()));
    TestController.Ends first = controller.link(DENVER, OMAHA);
    TestController.Ends second = controller.link(DENVER, OMAHA);
    messages.add(set(first, DENVER, "n"));
    messages.add(set(second, DENVER, "n"));
    messages.add(TestAgents.remove(controller.elsewhere(), first.link()));
    messages.add(
        new ChangeOver(
            GROUP,
            new TreeMap<>(Map.of(second.link(), second.revision())),
            new TreeMap<>(Map.of(second.link(), second.revision()))));
    return messages;
  }

  /** Something in it becomes something else of JSON. */
  private static void mutate(JsonNode node, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(node, containers);
    JsonNode at = containers.get(random.nextInt(containers.size()));
    switch (at) {
      case ObjectNode object when !object.isEmpty() -> {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
          case 0 -> object.remove(name);
          case 1 -> object.set(strange(random).asText("x"), object.get(name));
          default -> object.set(name, strange(random));
        }
      }
      case ArrayNode array when !array.isEmpty() && random.nextBoolean() -> array.add(array.get(0));
      case ArrayNode array -> array.add(strange(random));
      default -> {}
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode strange(Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(14)) {
      case 0 -> json.numberNode(-1);
      case 1 -> json.numberNode(Long.MIN_VALUE);
      case 2 -> json.numberNode(Long.MAX_VALUE);
      case 3 -> json.numberNode(new BigInteger("9223372036854775808"));
      case 4 -> json.numberNode(1.5);
      case 5 -> json.textNode("");
      case 6 -> json.textNode("x".repeat(70_000));
      case 7 -> json.textNode("\n\u202e\u0000");
      case 8 -> json.textNode("AAAA");
      case 9 -> json.nullNode();
      case 10 -> json.booleanNode(random.nextBoolean());
      case 11 -> json.arrayNode();
      case 12 -> json.objectNode();
      default -> json.textNode("denver~omaha");
    };
  }

  @Test
  void anAgentOutlivesEveryAbsurdMessageAndGoesOnWithAGenuineOne() throws Exception {
    try (TestAgents agents = new TestAgents(directory)) {
      TestServer server = agents.server();
      agents.start(DENVER);
      server.next(DENVER, Hello.class);
      for (String absurd : absurd()) {
        server.sendText(DENVER, absurd);

        assertThat(server.nextClose()).as(absurd.substring(0, 60)).endsWith("denver");
        server.next(DENVER, Hello.class);
      }
      server.send(DENVER, agents.join(DENVER, "n1"));

      assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n1");
    }
  }

  private static List<String> absurd() {
    String config =
        "{\"type\":\"config\",\"group\":\"backbone\",\"nonce\":\"n\",\"complete\":false,";
    return List.of(
        config + "\"revision\":-1,\"set\":[],\"remove\":[]}" + " ".repeat(60),
        config + "\"revision\":9223372036854775808,\"set\":[],\"remove\":[]}",
        config + "\"revision\":1,\"set\":[],\"remove\":[" + "\"a~b\",".repeat(20_000) + "\"a~b\"]}",
        config + "\"revision\":1,\"set\":[" + "{},".repeat(1_000) + "{}],\"remove\":[]}",
        config + "\"revision\":1,\"revision\":2,\"set\":[],\"remove\":[]}",
        "{\"type\":\"change-over\",\"group\":\"backbone\",\"switchOver\":{\"a~b\":-5},\"retire\":{}}",
        "{\"type\":\"challenge\",\"nonce\":\"" + "n".repeat(100) + "\"}",
        "{\"type\":\"nonsense\",\"to\":\"" + "x".repeat(100) + "\"}",
        "[".repeat(100_000),
        "x".repeat(9 * 1024 * 1024));
  }

  /** A tree of small things takes a hundred times the room of its text. */
  @Test
  void aMessageOfManySmallPartsIsRefusedBeforeItTakesTheMemory() {
    String many = "{\"type\":\"config\",\"more\":[" + "{},".repeat(2_000_000) + "{}]}";

    assertThatThrownBy(() -> EdgeMessages.readServer(many))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("1000000");
  }
}
