package io.linkwright.console.page;

import gg.jte.Content;
import gg.jte.models.runtime.JteModel;
import io.linkwright.console.live.Fragment;
import io.linkwright.console.live.Region;
import io.linkwright.console.live.Snapshot;
import java.util.List;
import java.util.function.Function;

/** Puts templates into snapshots, and snapshots into pages. */
final class Regions {
  private Regions() {}

  static Region.Single single(String id, JteModel model) {
    return new Region.Single(new Fragment(id, model.render()));
  }

  /** Rows of a table, one body each, after its head. */
  static <T> Region.Listing rows(
      String headId, List<T> items, Function<T, String> id, Function<T, JteModel> row) {
    return new Region.Listing(headId, "table", fragments(items, id, row));
  }

  /** Elements of a list, after its first, which stays. */
  static <T> Region.Listing entries(
      String firstId, List<T> items, Function<T, String> id, Function<T, JteModel> entry) {
    return new Region.Listing(firstId, "ul", fragments(items, id, entry));
  }

  private static <T> List<Fragment> fragments(
      List<T> items, Function<T, String> id, Function<T, JteModel> template) {
    return items.stream()
        .map(item -> new Fragment(id.apply(item), template.apply(item).render()))
        .toList();
  }

  /** The markup of a region, which its template has escaped already. */
  static Content content(Snapshot snapshot, int index) {
    String html =
        switch (snapshot.regions().get(index)) {
          case Region.Single(Fragment fragment) -> fragment.html();
          case Region.Listing listing -> listing.html();
        };
    return output -> output.writeContent(html);
  }
}
