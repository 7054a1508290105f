package io.linkwright.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.address.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphMlReaderTest {
  private static final String KEYS =
      """
      <key attr.name="label" for="node" id="l"/><key attr.name="Latitude" for="node" id="y"/>
      <key attr.name="Longitude" for="node" id="x"/><key attr.name="label" for="edge" id="el"/>
      """;

  @Test
  void aDocumentTypeIsRefusedSoThatNoEntityIsEverExpanded() {
    String laughs =
        """
        <!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <graphml><graph><node id="&c;"/></graph></graphml>
        """;

    assertThatThrownBy(() -> read(laughs))
        .isInstanceOf(GraphMlException.class)
        .hasMessageContaining("document type");
  }

  @Test
  void nothingOutsideTheFileIsRead() {
    String outside =
        """
        <!DOCTYPE graphml SYSTEM "file:///etc/hostname">
        <graphml><graph><node id="0"/></graph></graphml>
        """;

    assertThatThrownBy(() -> read(outside)).isInstanceOf(GraphMlException.class);
  }

  @Test
  void aStreamLargerThanTheBoundIsRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }
        };

    assertThatThrownBy(() -> GraphMlReader.read(endless))
        .isInstanceOf(GraphMlException.class)
        .hasMessageContaining("more than");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html/>                                                     | not a GraphML file",
        "<graphml><graph><node/></graph></graphml>                   | without an id",
        "<graphml><graph><node id='0'/><node id='0'/></graph></graphml> | a second node",
        "<graphml><graph><edge source='0' target='1'/></graph></graphml> | ends at node '0'",
        "<graphml><graph>                                            | line 1"
      })
  void aBrokenFileIsRefusedWithItsPlace(String xml, String words) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(GraphMlException.class)
        .hasMessageContaining(words);
  }

  @Test
  void edgesMayComeBeforeTheirNodes() throws Exception {
    GraphMlNetwork network =
        read(
            "<graphml><graph><edge source='a' target='b'/><node id='a'/><node id='b'/></graph>"
                + "</graphml>");

    assertThat(network.edges()).containsExactly(new GraphMlNetwork.Edge("a", "b"));
  }

  @Test
  void positionsAreKeptOnlyWhereTheyAreOnEarth() throws Exception {
    GraphMlNetwork network =
        read(
            "<graphml>"
                + KEYS
                + "<graph>"
                + "<node id='0'><data key='y'>50.1</data><data key='x'>14.4</data></node>"
                + "<node id='1'><data key='y'>95</data><data key='x'>14.4</data></node>"
                + "<node id='2'><data key='y'>50.1</data></node>"
                + "<node id='3'><data key='y'>NaN</data><data key='x'>0</data></node>"
                + "</graph></graphml>");

    assertThat(network.nodes())
        .extracting(GraphMlNetwork.Node::position)
        .containsExactly(
            Optional.of(new Position(50.1, 14.4)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void theLabelOfAnEdgeIsNotTakenForOneOfANode() throws Exception {
    GraphMlNetwork network =
        read(
            "<graphml>"
                + KEYS
                + "<graph><node id='0'><data key='l'> A &amp; B </data></node>"
                + "<edge source='0' target='0'><data key='el'>OC-192</data></edge>"
                + "</graph></graphml>");

    assertThat(network.nodes().getFirst().label()).isEqualTo("A & B");
  }

  private static GraphMlNetwork read(String xml) throws GraphMlException, IOException {
    try (InputStream in = new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))) {
      return GraphMlReader.read(in);
    }
  }
}
