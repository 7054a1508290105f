package io.linkwright.cli.network;

import io.linkwright.domain.id.EdgeId;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes ids out of labels, each only once. The same labels in the same order give the same ids,
 * which is what lets a second import recognise the first. Owned by one thread.
 */
final class Slugs {
  private static final int MAX_LENGTH = 63;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern LETTER = Pattern.compile("[a-z]");
  private static final Pattern EDGE_DASHES = Pattern.compile("^-+|-+$");

  /** Latin letters that Unicode does not take apart into a letter and a mark. */
  private static final Map<String, String> UNDIVIDED =
      Map.ofEntries(
          Map.entry("ß", "ss"),
          Map.entry("æ", "ae"),
          Map.entry("œ", "oe"),
          Map.entry("ø", "o"),
          Map.entry("ł", "l"),
          Map.entry("đ", "d"),
          Map.entry("ð", "d"),
          Map.entry("ħ", "h"),
          Map.entry("ı", "i"),
          Map.entry("ŋ", "n"),
          Map.entry("ŧ", "t"),
          Map.entry("þ", "th"));

  private final Set<String> taken = new HashSet<>();

  /** For a stem that repeats, the number to try next: keeps many repeats from being quadratic. */
  private final Map<String, Integer> nextNumber = new HashMap<>();

  /**
   * The id for the next node.
   *
   * @param label what people call it; decides the id if it has a Latin letter
   * @param nodeId its id in the file, used where the label gives nothing
   */
  EdgeId next(String label, String nodeId) {
    String stem = slug(label);
    if (!LETTER.matcher(stem).find()) {
      stem = slug("node-" + nodeId);
    }
    String candidate = stem;
    while (!taken.add(candidate)) {
      candidate = numbered(stem, nextNumber.merge(stem, 2, (number, start) -> number + 1));
    }
    return new EdgeId(candidate);
  }

  /** Lower-case letters and digits with single dashes between; empty if the text has none. */
  static String slug(String text) {
    String plain =
        MARKS
            .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
            .replaceAll("")
            .toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> letter : UNDIVIDED.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    return trimmed(OTHERS.matcher(plain).replaceAll("-"), MAX_LENGTH);
  }

  private static String numbered(String stem, int number) {
    String suffix = "-" + number;
    return trimmed(stem, MAX_LENGTH - suffix.length()) + suffix;
  }

  private static String trimmed(String slug, int maxLength) {
    String inner = EDGE_DASHES.matcher(slug).replaceAll("");
    return inner.length() <= maxLength
        ? inner
        : EDGE_DASHES.matcher(inner.substring(0, maxLength)).replaceAll("");
  }
}
