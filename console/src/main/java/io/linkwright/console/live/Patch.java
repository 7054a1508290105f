package io.linkwright.console.live;

import io.linkwright.console.live.Region.Listing;
import io.linkwright.console.live.Region.Single;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps that lead from one snapshot of a page to another; carried out in order. */
public final class Patch {

  /** A change of one element of the page. */
  public sealed interface Step {

    /** The element takes the place of the one that has its id. */
    record Replace(Fragment fragment) implements Step {}

    /**
     * The element comes right after another.
     *
     * @param container name of the element that both are in
     */
    record InsertAfter(String precedingId, String container, Fragment fragment) implements Step {}

    /** The element goes. */
    record Delete(String id) implements Step {}
  }

  private Patch() {}

  /**
   * The fewest steps as long as what stays keeps its order, which it does in all our lists.
   *
   * @throws IllegalArgumentException if the two are not of one page
   */
  public static List<Step> between(Snapshot before, Snapshot after) {
    if (!before.isOfSamePage(after)) {
      throw new IllegalArgumentException("snapshots of different pages");
    }
    List<Step> steps = new ArrayList<>();
    for (int index = 0; index < after.regions().size(); index++) {
      addSteps(steps, before.regions().get(index), after.regions().get(index));
    }
    return steps;
  }

  /** As htmx takes it: each step in a template, so that rows are parsed as rows. */
  public static String html(List<Step> steps) {
    StringBuilder html = new StringBuilder();
    for (Step step : steps) {
      html.append("<template>").append(markup(step)).append("</template>\n");
    }
    return html.toString();
  }

  private static String markup(Step step) {
    return switch (step) {
      case Step.Replace(Fragment fragment) -> fragment.replacement();
      case Step.InsertAfter(String preceding, String container, Fragment fragment) ->
          "<%s hx-swap-oob=\"afterend:#%s\">%s</%s>"
              .formatted(container, preceding, fragment.html(), container);
      case Step.Delete(String id) -> "<div id=\"%s\" hx-swap-oob=\"delete\"></div>".formatted(id);
    };
  }

  private static void addSteps(List<Step> steps, Region before, Region after) {
    switch (after) {
      case Single(Fragment fragment) -> {
        if (!before.equals(after)) {
          steps.add(new Step.Replace(fragment));
        }
      }
      case Listing listing -> {
        addListingSteps(steps, (Listing) before, listing);
      }
    }
  }

  private static void addListingSteps(List<Step> steps, Listing before, Listing after) {
    Map<String, Fragment> shown = kept(before, after);
    before.items().stream()
        .map(Fragment::id)
        .filter(id -> !shown.containsKey(id))
        .forEach(id -> steps.add(new Step.Delete(id)));
    String preceding = after.anchorId();
    for (Fragment item : after.items()) {
      Fragment old = shown.get(item.id());
      if (old == null) {
        steps.add(new Step.InsertAfter(preceding, after.container(), item));
      } else if (!old.equals(item)) {
        steps.add(new Step.Replace(item));
      }
      preceding = item.id();
    }
  }

  /** What stays where it is: all that is in both if the order is the same, otherwise nothing. */
  private static Map<String, Fragment> kept(Listing before, Listing after) {
    Set<String> ids = new HashSet<>();
    after.items().forEach(item -> ids.add(item.id()));
    Map<String, Fragment> kept = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (Fragment item : before.items()) {
      if (ids.contains(item.id())) {
        kept.put(item.id(), item);
        order.add(item.id());
      }
    }
    List<String> orderAfter =
        after.items().stream().map(Fragment::id).filter(kept::containsKey).toList();
    return order.equals(orderAfter) ? kept : Map.of();
  }
}
