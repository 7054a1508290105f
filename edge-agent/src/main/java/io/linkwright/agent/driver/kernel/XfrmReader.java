package io.linkwright.agent.driver.kernel;

import io.linkwright.agent.driver.kernel.AssociationKeys.CbcHmac;
import io.linkwright.agent.driver.kernel.AssociationKeys.Gcm;
import io.linkwright.agent.driver.kernel.KernelObject.Association;
import io.linkwright.agent.driver.kernel.KernelObject.Direction;
import io.linkwright.agent.driver.kernel.KernelObject.Policy;
import io.linkwright.agent.driver.kernel.KernelObject.Sending;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code ip xfrm} lists, which it does in text only: a record begins at a line's first
 * column, the rest is indented, and words come in pairs of name and value.
 */
final class XfrmReader {
  private XfrmReader() {}

  /** Our associations; others are left out. */
  static List<Association> associations(String text) {
    return records(text).stream()
        .map(XfrmReader::words)
        .filter(words -> hasKeys(words) && isOurs(words))
        .map(XfrmReader::association)
        .toList();
  }

  /** What each of our associations has carried. */
  static Map<ObjectId, Traffic> carried(String text) {
    Map<ObjectId, Traffic> carried = new HashMap<>();
    for (String entry : records(text)) {
      Map<String, String> words = words(entry);
      if (hasKeys(words) && isOurs(words)) {
        String current = entry.substring(entry.indexOf("lifetime current:"));
        carried.put(
            association(words).id(),
            new Traffic(
                number(current, "\n", "(bytes)"),
                number(current, "(bytes),", "(packets)"),
                Optional.empty()));
      }
    }
    return carried;
  }

  private static long number(String text, String before, String after) {
    String number = text.substring(text.indexOf(before) + before.length(), text.indexOf(after));
    return Long.parseLong(number.strip());
  }

  /** Our policies; others are left out. */
  static List<Policy> policies(String text) {
    return records(text).stream()
        .map(XfrmReader::words)
        .filter(words -> priority(words) == XfrmText.POLICY_PRIORITY)
        .map(XfrmReader::policy)
        .toList();
  }

  private static List<String> records(String text) {
    return Arrays.stream(text.split("(?m)^(?=src )", -1))
        .filter(entry -> !entry.isBlank())
        .toList();
  }

  /** Each word with the one after it; of a word that stands twice, the first and {@code tmpl}'s. */
  private static Map<String, String> words(String entry) {
    List<String> words = new ArrayList<>(Arrays.asList(entry.strip().split("\\s+", -1)));
    Map<String, String> pairs = new HashMap<>();
    String prefix = "";
    for (int position = 0; position + 1 < words.size(); position++) {
      String word = words.get(position);
      if (word.equals("tmpl")) {
        prefix = "tmpl ";
      }
      pairs.putIfAbsent(prefix + word, words.get(position + 1));
      if (word.startsWith("auth") || word.equals("enc") || word.equals("aead")) {
        pairs.putIfAbsent(word + " key", words.get(Math.min(position + 2, words.size() - 1)));
      }
    }
    return pairs;
  }

  private static boolean isOurs(Map<String, String> words) {
    return (requestId(words) & ~0xffffL) == Association.REQUEST_ID_BASE;
  }

  private static long requestId(Map<String, String> words) {
    String text = words.getOrDefault("reqid", "0");
    int hexadecimal = text.indexOf('(');
    return Long.parseLong(hexadecimal < 0 ? text : text.substring(0, hexadecimal));
  }

  private static int priority(Map<String, String> words) {
    return Integer.parseUnsignedInt(words.getOrDefault("priority", "0"));
  }

  private static long spi(String text) {
    int decimal = text.indexOf('(');
    return Long.decode(decimal < 0 ? text : text.substring(0, decimal));
  }

  private static Association association(Map<String, String> words) {
    return new Association(
        IpAddress.parse(words.get("src")),
        IpAddress.parse(words.get("dst")),
        spi(words.get("spi")),
        requestId(words),
        keys(words));
  }

  private static boolean hasKeys(Map<String, String> words) {
    return words.containsKey("enc") || words.containsKey("aead");
  }

  private static AssociationKeys keys(Map<String, String> words) {
    return words.containsKey("aead")
        ? new Gcm(KeyBytes.ofHexadecimal(words.get("aead key")))
        : new CbcHmac(
            KeyBytes.ofHexadecimal(words.get("enc key")),
            KeyBytes.ofHexadecimal(words.get("auth-trunc key")));
  }

  private static Optional<Sending> sending(Map<String, String> words) {
    return Optional.ofNullable(words.get("tmpl spi"))
        .map(spi -> new Sending(spi(spi), Long.parseLong(words.get("tmpl reqid"))));
  }

  private static Policy policy(Map<String, String> words) {
    Direction direction = XfrmText.direction(words.get("dir"));
    return new Policy(
        direction,
        Cidr.parse(
            switch (direction) {
              case IN, FWD -> words.get("src");
              case OUT -> words.get("dst");
            }),
        Optional.ofNullable(words.get("dev")),
        IpAddress.parse(words.get("tmpl src")),
        IpAddress.parse(words.get("tmpl dst")),
        sending(words));
  }
}
