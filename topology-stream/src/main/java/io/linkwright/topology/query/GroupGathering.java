package io.linkwright.topology.query;

import io.javalin.http.Context;
import io.linkwright.domain.id.GroupId;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.ApiJson.UnreadableAnswerException;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.topology.view.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lists all groups, whichever instances have them: each is asked for its own partitions' next
 * groups by name, so that none is left out or told twice while partitions move.
 */
final class GroupGathering {
  /** On a request that was passed on: which partitions' groups are asked for. */
  static final String PARTITIONS = "Linkwright-Partitions";

  private static final byte[] NO_BODY = {};

  private final ViewQueries queries;
  private final GroupListing listing;
  private final InstanceForwarding instances;

  GroupGathering(ViewQueries queries, GroupListing listing, InstanceForwarding instances) {
    this.queries = queries;
    this.listing = listing;
    this.instances = instances;
  }

  GroupPage groups(Context context, Page<GroupId> page) throws InterruptedException {
    if (InstanceForwarding.isForwarded(context)) {
      List<Integer> asked = askedFor(context);
      QueryRoutes.addAge(context, oldest(asked));
      return listing.groups(page, asked);
    }
    Map<Optional<URI>, List<Integer>> places =
        partitions().collect(Collectors.groupingBy(queries::elsewhere));
    Map<URI, CompletableFuture<HttpResponse<byte[]>>> asked = new HashMap<>();
    places.forEach(
        (place, partitions) ->
            place.ifPresent(instance -> asked.put(instance, ask(context, instance, partitions))));
    List<GroupPage> parts = new ArrayList<>();
    List<Integer> here = places.getOrDefault(Optional.empty(), List.of());
    List<Optional<Duration>> ages = new ArrayList<>();
    ages.add(here.isEmpty() ? Optional.of(Duration.ZERO) : oldest(here));
    parts.add(listing.groups(page, here));
    for (Map.Entry<URI, CompletableFuture<HttpResponse<byte[]>>> entry : asked.entrySet()) {
      HttpResponse<byte[]> answer = answer(entry.getKey(), entry.getValue());
      ages.add(age(answer));
      parts.add(body(entry.getKey(), answer));
    }
    QueryRoutes.addAge(context, oldestOf(ages));
    return merged(page, parts);
  }

  private Optional<Duration> oldest(List<Integer> partitions) {
    return oldestOf(partitions.stream().map(queries::age).toList());
  }

  /** Nobody knows of the whole what nobody knows of a part. */
  private static Optional<Duration> oldestOf(List<Optional<Duration>> ages) {
    return ages.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : ages.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  private static Optional<Duration> age(HttpResponse<byte[]> answer) {
    try {
      return answer
          .headers()
          .firstValue(QueryRoutes.AGE_HEADER)
          .map(text -> Duration.ofMillis(Long.parseLong(text)));
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  private static GroupPage body(URI instance, HttpResponse<byte[]> answer) {
    try {
      return ApiJson.read(answer.body(), GroupPage.class);
    } catch (UnreadableAnswerException notOurs) {
      throw HolderForwarding.unanswered(instance, notOurs);
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> ask(
      Context context, URI instance, List<Integer> partitions) {
    String numbers = partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
    return instances.ask(context, NO_BODY, instance, Map.of(PARTITIONS, numbers));
  }

  private HttpResponse<byte[]> answer(URI instance, CompletableFuture<HttpResponse<byte[]>> asked)
      throws InterruptedException {
    try {
      HttpResponse<byte[]> answer = instances.await(asked);
      if (answer.statusCode() == 200) {
        return answer;
      }
      throw new IOException("status %d".formatted(answer.statusCode()));
    } catch (IOException unanswered) {
      throw HolderForwarding.unanswered(instance, unanswered);
    }
  }

  /**
   * A part that ends before its last group says nothing of what comes behind its end, so the whole
   * ends with the first such part.
   */
  private static GroupPage merged(Page<GroupId> page, List<GroupPage> parts) {
    Optional<GroupId> end =
        parts.stream()
            .map(GroupPage::next)
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder());
    List<GroupAnswer> groups =
        parts.stream()
            .flatMap(part -> part.items().stream())
            .filter(group -> end.isEmpty() || id(group).compareTo(end.get()) <= 0)
            .sorted(Comparator.comparing(GroupGathering::id))
            .toList();
    return new GroupPage(page.of(groups), page.next(groups).map(GroupGathering::id).or(() -> end));
  }

  private static GroupId id(GroupAnswer group) {
    return group.id();
  }

  private List<Integer> askedFor(Context context) {
    String numbers = context.header(PARTITIONS);
    if (numbers == null) {
      return partitions().toList();
    }
    try {
      List<Integer> asked = Arrays.stream(numbers.split(",")).map(Integer::valueOf).toList();
      if (partitions().toList().containsAll(asked)) {
        return asked;
      }
    } catch (NumberFormatException notNumbers) {
      throw notPartitions();
    }
    throw notPartitions();
  }

  private Stream<Integer> partitions() {
    return IntStream.range(0, queries.partitionCount()).boxed();
  }

  private ProblemException notPartitions() {
    return new ProblemException(
        Problem.invalid(
            PARTITIONS,
            "must be numbers of partitions below %d".formatted(queries.partitionCount())));
  }
}
