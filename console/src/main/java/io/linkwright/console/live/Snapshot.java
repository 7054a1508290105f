package io.linkwright.console.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a page shows at one moment.
 *
 * @param regions the same ones in the same order for every snapshot of a page
 * @param digest tells snapshots of different content apart
 */
public record Snapshot(List<Region> regions, String digest) {
  private static final int DIGEST_BYTES = 16;

  /** Of these regions. */
  public static Snapshot of(List<Region> regions) {
    return new Snapshot(List.copyOf(regions), digest(regions));
  }

  /** Whether the other one is of the same page, so that a patch leads from one to the other. */
  boolean isOfSamePage(Snapshot other) {
    return names(regions).equals(names(other.regions()));
  }

  /** Characters of all markup. */
  long length() {
    return regions.stream()
        .mapToLong(
            region ->
                switch (region) {
                  case Region.Single(Fragment fragment) -> fragment.html().length();
                  case Region.Listing(_, _, List<Fragment> items) ->
                      items.stream().mapToLong(item -> item.html().length()).sum();
                })
        .sum();
  }

  private static List<String> names(List<Region> regions) {
    return regions.stream()
        .map(
            region ->
                switch (region) {
                  case Region.Single(Fragment fragment) -> fragment.id();
                  case Region.Listing(String anchor, _, _) -> "after " + anchor;
                })
        .toList();
  }

  private static String digest(List<Region> regions) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Region region : regions) {
        switch (region) {
          case Region.Single(Fragment fragment) -> update(sha256, fragment);
          case Region.Listing(String anchor, _, List<Fragment> items) -> {
            sha256.update(anchor.getBytes(StandardCharsets.UTF_8));
            items.forEach(item -> update(sha256, item));
          }
        }
        sha256.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static void update(MessageDigest sha256, Fragment fragment) {
    sha256.update(fragment.html().getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 1);
  }
}
