package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.id.GroupId;
import io.linkwright.http.Json;
import io.linkwright.topology.view.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Groups of some partitions in order. Each partition gives its next ones, and the least of them are
 * shown.
 */
final class GroupListing {
  private final ViewQueries queries;
  private final GroupAnswers answers;

  GroupListing(ViewQueries queries, GroupAnswers answers) {
    this.queries = queries;
    this.answers = answers;
  }

  ObjectNode groups(Page<GroupId> page, List<Integer> partitions) {
    List<GroupId> found =
        partitions.stream()
            .flatMap(partition -> next(partition, page.andOneMore()))
            .sorted(Comparator.naturalOrder())
            .limit(page.limit() + 1L)
            .toList();
    ObjectNode json = Json.mapper().createObjectNode();
    ArrayNode array = json.putArray("groups");
    // A group that was deleted meanwhile is left out.
    page.of(found).stream().map(this::answer).flatMap(Optional::stream).forEach(array::add);
    json.put("next", page.next(found).map(GroupId::value).orElse(null));
    return json;
  }

  private Stream<GroupId> next(int partition, Page<GroupId> page) {
    return queries
        .read(partition, view -> view.groups(page).stream().map(Map.Entry::getKey).toList())
        .stream();
  }

  private Optional<ObjectNode> answer(GroupId group) {
    return queries.read(group, view -> answers.group(view, group));
  }
}
