package io.linkwright.topology.query;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
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

  GroupPage groups(Page<GroupId> page, List<Integer> partitions) {
    List<GroupId> found =
        partitions.stream()
            .flatMap(partition -> next(partition, page.andOneMore()))
            .sorted(Comparator.naturalOrder())
            .limit(page.limit() + 1L)
            .toList();
    // A group that was deleted meanwhile is left out.
    return new GroupPage(
        page.of(found).stream().map(this::answer).flatMap(Optional::stream).toList(),
        page.next(found));
  }

  private Stream<GroupId> next(int partition, Page<GroupId> page) {
    return queries
        .read(partition, view -> view.groups(page).stream().map(Map.Entry::getKey).toList())
        .stream();
  }

  private Optional<GroupAnswer> answer(GroupId group) {
    return queries.read(group, view -> answers.group(view, group));
  }
}
