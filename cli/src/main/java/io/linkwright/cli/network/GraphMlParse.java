package io.linkwright.cli.network;

import io.linkwright.domain.address.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One pass over one document; owned by the thread that reads. */
final class GraphMlParse {
  /** Graphs may nest; real files do not nest deeper than a few. */
  private static final int MAX_DEPTH = 64;

  private final XMLStreamReader xml;
  private final GraphMlKeys keys = new GraphMlKeys();
  private final List<GraphMlNetwork.Node> nodes = new ArrayList<>();
  private final List<GraphMlNetwork.Edge> edges = new ArrayList<>();
  private final List<Integer> edgeLines = new ArrayList<>();
  private final Set<String> nodeIds = new HashSet<>();

  /** Nodes whose end tag has not come yet, with what is known of them. */
  private final Deque<OpenNode> openNodes = new ArrayDeque<>();

  private final Deque<String> path = new ArrayDeque<>();
  private Optional<String> name = Optional.empty();

  private record OpenNode(String id, Map<GraphMlKeys.Meaning, String> data) {}

  GraphMlParse(XMLStreamReader xml) {
    this.xml = xml;
  }

  GraphMlNetwork network() throws XMLStreamException, GraphMlException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD -> throw broken("a document type is not allowed");
        case XMLStreamConstants.ENTITY_REFERENCE -> throw broken("an entity is not allowed");
        case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {
          // Text outside <data>, comments and processing instructions say nothing of the network.
        }
      }
    }
    requireKnownEnds();
    return new GraphMlNetwork(name, nodes, edges);
  }

  private void start(String element) throws XMLStreamException, GraphMlException {
    if (path.isEmpty() && !element.equals("graphml")) {
      throw broken("<%s> is not <graphml>: this is not a GraphML file".formatted(element));
    }
    if (path.size() >= MAX_DEPTH) {
      throw broken("elements nest deeper than %d".formatted(MAX_DEPTH));
    }
    path.push(element);
    switch (element) {
      case "key" -> keys.declare(attribute("id"), attribute("for"), attribute("attr.name"));
      case "node" -> openNode();
      case "edge" -> edge();
      case "data" -> data();
      default -> {
        // Ports, descriptions and other tools' own elements are passed over.
      }
    }
  }

  private void end() {
    if (path.pop().equals("node")) {
      OpenNode node = openNodes.pop();
      nodes.add(
          new GraphMlNetwork.Node(
              node.id(),
              node.data().getOrDefault(GraphMlKeys.Meaning.NODE_LABEL, "").strip(),
              position(node.data())));
    }
  }

  private void openNode() throws GraphMlException {
    String id = attribute("id");
    if (id.isEmpty()) {
      throw broken("a node without an id");
    }
    if (!nodeIds.add(id)) {
      throw broken("a second node '%s'".formatted(shown(id)));
    }
    if (nodeIds.size() > GraphMlReader.MAX_NODES) {
      throw broken("more than %,d nodes".formatted(GraphMlReader.MAX_NODES));
    }
    openNodes.push(new OpenNode(id, new HashMap<>()));
  }

  private void edge() throws GraphMlException {
    if (edges.size() >= GraphMlReader.MAX_EDGES) {
      throw broken("more than %,d edges".formatted(GraphMlReader.MAX_EDGES));
    }
    edges.add(new GraphMlNetwork.Edge(attribute("source"), attribute("target")));
    edgeLines.add(xml.getLocation().getLineNumber());
  }

  private void data() throws XMLStreamException {
    Optional<GraphMlKeys.Meaning> meaning = keys.meaning(attribute("key"), owner());
    if (meaning.isEmpty()) {
      return;
    }
    String text = textOfElement();
    switch (meaning.orElseThrow()) {
      case GRAPH_NAME -> name = name.or(() -> Optional.of(text.strip()).filter(t -> !t.isEmpty()));
      case NODE_LABEL, LATITUDE, LONGITUDE ->
          openNodes.element().data().put(meaning.orElseThrow(), text);
    }
  }

  /** The element that the data at hand belongs to. */
  private String owner() {
    return path.stream().skip(1).findFirst().orElse("");
  }

  /** The text of an element that holds only text; leaves the reader on its end tag. */
  private String textOfElement() throws XMLStreamException {
    String text = xml.getElementText();
    path.pop();
    return text;
  }

  /** An edge may come before its nodes, so the ends are checked last. */
  private void requireKnownEnds() throws GraphMlException {
    for (int i = 0; i < edges.size(); i++) {
      GraphMlNetwork.Edge edge = edges.get(i);
      for (String end : List.of(edge.source(), edge.target())) {
        if (!nodeIds.contains(end)) {
          throw new GraphMlException(
              "line %d: an edge ends at node '%s', which the file does not have"
                  .formatted(edgeLines.get(i), shown(end)));
        }
      }
    }
  }

  private static Optional<Position> position(Map<GraphMlKeys.Meaning, String> data) {
    String latitude = data.get(GraphMlKeys.Meaning.LATITUDE);
    String longitude = data.get(GraphMlKeys.Meaning.LONGITUDE);
    if (latitude == null || longitude == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(
              Double.parseDouble(latitude.strip()), Double.parseDouble(longitude.strip())));
    } catch (IllegalArgumentException impossible) {
      // A place that is not on Earth is a place we do not know; the node is still a member.
      return Optional.empty();
    }
  }

  private String attribute(String attribute) {
    String value = xml.getAttributeValue(null, attribute);
    return value == null ? "" : value;
  }

  private GraphMlException broken(String what) {
    return new GraphMlException("line %d: %s".formatted(xml.getLocation().getLineNumber(), what));
  }

  private static String shown(String id) {
    return id.length() <= 40 ? id : id.substring(0, 40) + "…";
  }
}
