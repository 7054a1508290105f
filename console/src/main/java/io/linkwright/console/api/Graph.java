package io.linkwright.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;

/** All members and links of a group. */
public record Graph(long revision, List<Node> nodes, List<Edge> edges, List<String> isolated) {

  /** A member and where it stands, if that is known. */
  public record Node(String edge, String name, OptionalDouble latitude, OptionalDouble longitude) {}

  /** A link. */
  public record Edge(String id, String edgeA, String edgeB) {}

  static Graph of(JsonNode json) {
    return new Graph(
        json.path("revision").asLong(),
        Fields.list(
            json,
            "nodes",
            node ->
                new Node(
                    node.path("edge").asText(),
                    node.path("name").asText(),
                    Fields.number(node, "latitude"),
                    Fields.number(node, "longitude"))),
        Fields.list(
            json,
            "edges",
            edge ->
                new Edge(
                    edge.path("id").asText(),
                    edge.path("edgeA").asText(),
                    edge.path("edgeB").asText())),
        Fields.texts(json, "isolated"));
  }
}
