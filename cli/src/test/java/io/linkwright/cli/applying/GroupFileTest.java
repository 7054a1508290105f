package io.linkwright.cli.applying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.MemberField;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupFileTest {
  private static final String WEST =
      """
      groups:
        - id: west
          name: 007
          topology: partial-mesh
          tunnelProtocol: ipsec
          rekeyEvery: P30D
          rekeyAfterBytes: 1073741824
          members:
            - edge: denver
              endpoint: "192.0.2.1:4500"
              allowedSubnets: [10.2.0.0/16, 10.1.0.0/16]
              latitude: 40
              longitude: -105.5
            - {edge: seattle, endpoint: null}
            - edge: boise
          links:
            - [seattle, denver]
            - {edgeA: boise, edgeB: denver}
      """;

  @Test
  void aFileSaysWhatGroupsAreToBe() throws Exception {
    WantedGroup west = read(WEST).getFirst();

    assertThat(west.settings().text(GroupField.NAME)).contains("007");
    assertThat(west.settings().text(GroupField.REKEY_EVERY)).contains("PT720H");
    assertThat(west.settings().values()).doesNotContainKey(GroupField.DUAL_TUNNEL);
    var members = west.members().orElseThrow();
    var denver = members.get(new EdgeId("denver")).properties();
    assertThat(denver.value(MemberField.ALLOWED_SUBNETS).orElseThrow().get(0).asText())
        .isEqualTo("10.1.0.0/16");
    assertThat(denver.value(MemberField.LATITUDE).orElseThrow().doubleValue()).isEqualTo(40.0);
    assertThat(members.get(new EdgeId("seattle")).properties().values())
        .containsOnlyKeys(MemberField.ENDPOINT);
    assertThat(west.links().orElseThrow())
        .containsExactly(LinkId.parse("boise~denver"), LinkId.parse("denver~seattle"));
  }

  @Test
  void jsonSaysTheSame() throws Exception {
    String json =
        """
        {"groups": [
        \t{"id": "west", "topology": "mesh", "tunnelProtocol": "wireguard", "members": []}
        ]}
        """;

    WantedGroup west = read(json).getFirst();

    assertThat(west.settings().text(GroupField.TOPOLOGY)).contains("mesh");
    assertThat(west.members().orElseThrow()).isEmpty();
    assertThat(west.links()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groups: [{id: g, name: \"%s\"}]",
        "groups: [{id: g, name: %s}]",
        "groups:\n  - id: g\n    name: '%s'",
        "groups: {%s: 1}",
        "groups: &%s 1",
        "groups: !<%s> 1",
        "# %s\ngroups: []",
        "{\"groups\": [{\"id\": \"g\", \"name\": \"%s\"}]}",
        "{\"groups\": {\"%s\": 1}}",
      })
  @Timeout(60)
  void aTokenWithoutEndIsRefusedAtOnce(String file) {
    String text = file.formatted("x".repeat(10_000_000));

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(GroupFileException.class)
        .hasMessageStartingWith("west.yaml:")
        .hasMessageContaining("has more than 65,536 characters");
  }

  @Test
  void aMarkOfTheOrderOfBytesSaysNothing() throws Exception {
    assertThat(read("\uFEFF" + WEST)).hasSize(1);
  }

  /** In place of {@code old} the file says something else; a semicolon is a line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          topology: partial-mesh | topolgy: mesh | west.yaml:4: groups[0].topolgy: unknown field; allowed here: id, name
          id: west | id: West | west.yaml:2: groups[0].id: 'West'
          edge: boise | edge: boise! | west.yaml:15: groups[0].members[2].edge: 'boise!'
          edge: boise | name: Boise | groups[0].members[2].edge: is required
          edge: boise | edge: denver | west.yaml:15: groups[0].members[2]: edge denver stands in line 9 already
          [seattle, denver] | [seattle, tacoma] | west.yaml:17: groups[0].links[0][1]: tacoma is not among the group's members
          [seattle, denver] | [seattle, seattle] | groups[0].links[0]: seattle cannot be linked to itself
          [seattle, denver] | [denver, boise] | groups[0].links[1]: link boise~denver stands in line 17 already
          [seattle, denver] | seattle | groups[0].links[0]: must be two edges, as in [denver, seattle]
          name: 007 | id: east | groups[0].id: stands in line 2 already
          longitude: -105.5 | name: D | groups[0].members[0].latitude: goes together with longitude
          latitude: 40 | latitude: 91 | west.yaml:12: groups[0].members[0].latitude: must be a number within -90..90
          latitude: 40 | latitude: .nan | west.yaml
          name: 007 | name: null | groups[0].name: cannot be null
          1073741824 | 12 | groups[0].rekeyAfterBytes: 12 is not within
          1073741824 | many | groups[0].rekeyAfterBytes: must be a whole number
          P30D | monthly | is no ISO 8601 duration
          "192.0.2.1:4500" | "192.0.2.1" | west.yaml:10: groups[0].members[0].endpoint: '192.0.2.1' is not an endpoint
          [10.2.0.0/16, 10.1.0.0/16] | 10.2.0.0/16 | groups[0].members[0].allowedSubnets: must be a list
          - edge: boise | - &a {edge: boise};      - *a | groups[0].members[3]: aliases are not taken
          groups: | group: | west.yaml:1: groups: is required
          id: west | id: [ | neither YAML nor JSON
          """)
  void aWrongFileIsRefusedWithPlaceAndReason(String old, String other, String message) {
    assertThat(WEST).contains(old);

    assertThatThrownBy(() -> read(WEST.replace(old, other.replace(';', '\n'))))
        .isInstanceOf(GroupFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void keysAreCheckedBeforeTheyAreSent() {
    String keys =
        WEST.replace("edge: boise", "{edge: boise, keys: {identity: AAAA, sealing: AA==}}");

    assertThatThrownBy(() -> read(keys))
        .isInstanceOf(GroupFileException.class)
        .hasMessageContaining("groups[0].members[2].keys: identity key has 3 bytes instead of 32");
  }

  @Test
  void aFileHasABound() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '#';
          }
        };

    assertThatThrownBy(() -> GroupFile.read("west.yaml", endless))
        .isInstanceOf(GroupFileException.class)
        .hasMessageContaining("more than 16,777,216 bytes");
  }

  @Test
  void onlyOneDocumentOfTextIsTaken() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> read(WEST + "---\n" + WEST)).hasMessageContaining("one document");
    assertThatThrownBy(() -> read("groups: " + "[".repeat(50) + "]".repeat(50)))
        .hasMessageContaining("more than 10 levels deep");
    assertThatThrownBy(
            () -> GroupFile.read("f", new ByteArrayInputStream(new byte[] {(byte) 0xff, 1})))
        .hasMessageContaining("not text in UTF-8");
  }

  static List<WantedGroup> read(String text) throws IOException, GroupFileException {
    return GroupFile.read(
        "west.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
