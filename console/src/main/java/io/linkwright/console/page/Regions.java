package io.linkwright.console.page;

import gg.jte.Content;
import gg.jte.models.runtime.JteModel;
import io.linkwright.console.live.Fragment;
import io.linkwright.console.live.Region;
import io.linkwright.console.live.Snapshot;
import java.util.List;

/** Puts templates into snapshots, and snapshots into pages. */
final class Regions {
  private Regions() {}

  static Region.Single single(String id, JteModel model) {
    return new Region.Single(new Fragment(id, model.render()));
  }

  /** Rows of a table, one body each, after its head. */
  static Region.Listing rows(String headId, List<Fragment> rows) {
    return new Region.Listing(headId, "table", rows);
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
