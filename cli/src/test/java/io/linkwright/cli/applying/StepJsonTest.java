package io.linkwright.cli.applying;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.linkwright.cli.group.GroupField;
import io.linkwright.cli.group.MemberField;
import io.linkwright.cli.group.Properties;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StepJsonTest {
  private static final Properties<MemberField> NAMED =
      new Properties<>(Map.of(MemberField.NAME, TextNode.valueOf("N")));
  private static final Properties<GroupField> RENAMED =
      new Properties<>(Map.of(GroupField.NAME, TextNode.valueOf("W")));

  private static JsonNode together(List<Step> steps) {
    return StepJson.together(
            new GroupPlan(new GroupId("west"), 7, steps, new TreeSet<>(), new TreeSet<>()))
        .path("steps");
  }

  private static LinkId link(String a, int b) {
    return LinkId.between(new EdgeId(a), new EdgeId("x" + b));
  }

  @Test
  void stepsKeepTheirOrderAndLinksThatFollowEachOtherAreABatch() {
    EdgeId edge = new EdgeId("a");
    ObjectNode keys = JsonNodeFactory.instance.objectNode().put("identity", "I");

    JsonNode steps =
        together(
            List.of(
                new Step.CreateGroup(RENAMED),
                new Step.ChangeGroup(RENAMED, RENAMED),
                new Step.AddLink(link("a", 1)),
                new Step.RemoveLink(link("a", 2)),
                new Step.RemoveMember(edge, 3),
                new Step.ChangeMember(edge, NAMED, NAMED, Optional.empty()),
                new Step.AddMember(edge, NAMED, Optional.of(keys)),
                new Step.AddLink(link("a", 3))));

    assertThat(steps.valueStream().map(JsonNode::toString))
        .containsExactly(
            "{\"name\":\"W\",\"id\":\"west\",\"type\":\"createGroup\"}",
            "{\"name\":\"W\",\"type\":\"changeGroup\"}",
            "{\"type\":\"changeLinks\",\"remove\":[{\"edgeA\":\"a\",\"edgeB\":\"x2\"}],"
                + "\"add\":[{\"edgeA\":\"a\",\"edgeB\":\"x1\"}]}",
            "{\"type\":\"removeMember\",\"edge\":\"a\"}",
            "{\"name\":\"N\",\"type\":\"changeMember\",\"edge\":\"a\"}",
            "{\"name\":\"N\",\"edge\":\"a\",\"keys\":{\"identity\":\"I\"},\"type\":\"addMember\"}",
            "{\"type\":\"changeLinks\",\"add\":[{\"edgeA\":\"a\",\"edgeB\":\"x3\"}]}");
  }

  @Test
  void noBatchIsLargerThanTheServerTakes() {
    List<Step> links = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      links.add(new Step.AddLink(link("a", i)));
    }
    for (int i = 0; i < 600; i++) {
      links.add(new Step.RemoveLink(link("b", i)));
    }

    JsonNode batches = together(links);

    assertThat(batches.valueStream().map(batch -> batch.path("remove").size()))
        .containsExactly(600, 0, 0);
    assertThat(batches.valueStream().map(batch -> batch.path("add").size()))
        .containsExactly(Limits.MAX_BATCH_ITEMS - 600, Limits.MAX_BATCH_ITEMS, 100);
  }
}
