package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.importing.ImportOutcome;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.LinkwrightApi;

/** What an import found and did, in words and as JSON. */
final class ImportReport {
  private ImportReport() {}

  static ObjectNode json(GroupId group, NetworkPlan.Counts counts, ImportOutcome outcome) {
    ObjectNode report = LinkwrightApi.mapper().createObjectNode();
    report.put("group", group.value()).put("revision", outcome.revision());
    report
        .putObject("file")
        .put("nodes", counts.nodes())
        .put("edges", counts.edges())
        .put("parallelEdges", counts.parallelEdges())
        .put("selfLoops", counts.selfLoops())
        .put("links", counts.links())
        .put("isolated", counts.isolated());
    report
        .putObject("added")
        .put("members", outcome.membersAdded())
        .put("links", outcome.linksAdded());
    report
        .putObject("present")
        .put("members", outcome.membersPresent())
        .put("links", outcome.linksPresent());
    return report;
  }

  static String text(JsonNode report) {
    JsonNode file = report.path("file");
    JsonNode added = report.path("added");
    boolean nothing = added.path("members").asInt() == 0 && added.path("links").asInt() == 0;
    StringBuilder notes = new StringBuilder();
    report.path("notes").forEach(note -> notes.append("note     %s%n".formatted(note.asText())));
    return """
    file     %s nodes, %s edges: %s parallel folded, %s self-loops dropped
    group    %s: %s members, %s links, %s members isolated
    %s%s; revision %s\
    """
        .formatted(
            file.path("nodes").asText(),
            file.path("edges").asText(),
            file.path("parallelEdges").asText(),
            file.path("selfLoops").asText(),
            report.path("group").asText(),
            file.path("nodes").asText(),
            file.path("links").asText(),
            file.path("isolated").asText(),
            notes,
            nothing
                ? "changed  nothing, all of it was there"
                : "changed  %s members and %s links added"
                    .formatted(added.path("members").asText(), added.path("links").asText()),
            report.path("revision").asText());
  }
}
