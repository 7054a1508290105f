package io.linkwright.agent.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Associations and policies of the fake kernel, listed as {@code ip xfrm} lists them. */
final class FakeXfrm {
  private static final Set<String> KEYED = Set.of("enc", "auth-trunc", "aead");

  private final Map<String, FakeAssociation> associations = new TreeMap<>();
  private final Map<String, Map<String, String>> policies = new TreeMap<>();
  private final List<String> everInstalled = new ArrayList<>();

  /** An association, with what it has carried. */
  static final class FakeAssociation {
    final Map<String, String> words;
    long bytes;
    long packets;

    FakeAssociation(Map<String, String> words) {
      this.words = words;
    }
  }

  /** By SPI, as in {@code 0x00001000}. */
  FakeAssociation association(String spi) {
    return associations.values().stream()
        .filter(association -> association.words.get("spi").equals(spi))
        .findFirst()
        .orElseThrow();
  }

  boolean hasAssociation(String spi) {
    return associations.values().stream()
        .anyMatch(association -> association.words.get("spi").equals(spi));
  }

  /** What each association was added with. */
  List<Map<String, String>> associations() {
    return associations.values().stream().map(association -> association.words).toList();
  }

  /** Every key that an association was added with, as often as it was. */
  List<String> everInstalled() {
    return List.copyOf(everInstalled);
  }

  /** As after a boot. */
  void flush() {
    associations.clear();
    policies.clear();
  }

  List<String> outboundSpis() {
    return policies.values().stream()
        .filter(policy -> policy.get("dir").equals("out"))
        .map(policy -> policy.get("tmpl spi"))
        .distinct()
        .toList();
  }

  /** {@code state|policy verb ...}. */
  void change(List<String> line) {
    Map<String, String> words = words(line.subList(2, line.size()));
    switch (line.get(0) + " " + line.get(1)) {
      case "state add" -> {
        if (associations.putIfAbsent(associationKey(words), new FakeAssociation(words)) != null) {
          throw new FakeKernel.Refusal("RTNETLINK answers: File exists");
        }
        everInstalled.add(words.getOrDefault("aead key", words.get("enc key")));
      }
      case "state delete" -> requireThere(associations.remove(associationKey(words)));
      case "policy update" -> policies.put(policyKey(words), words);
      case "policy delete" -> requireThere(policies.remove(policyKey(words)));
      default -> throw new AssertionError("not understood: " + line);
    }
  }

  private static void requireThere(Object removed) {
    if (removed == null) {
      throw new FakeKernel.Refusal("RTNETLINK answers: No such process");
    }
  }

  private static Map<String, String> words(List<String> line) {
    Map<String, String> words = new TreeMap<>();
    String prefix = "";
    for (int position = 0; position + 1 < line.size(); position++) {
      if (line.get(position).equals("tmpl")) {
        prefix = "tmpl ";
      }
      words.putIfAbsent(prefix + line.get(position), line.get(position + 1));
      if (KEYED.contains(line.get(position))) {
        words.put(line.get(position) + " key", line.get(position + 2));
      }
    }
    return words;
  }

  private static String associationKey(Map<String, String> words) {
    return words.get("dst") + " " + words.get("spi");
  }

  private static String policyKey(Map<String, String> words) {
    return words.get("dir") + words.get("src") + words.get("dst") + words.getOrDefault("dev", "");
  }

  String listStates() {
    StringBuilder text = new StringBuilder();
    for (FakeAssociation association : associations.values()) {
      Map<String, String> words = association.words;
      text.append(
          """
          src %s dst %s
          	proto esp spi %s(%d) reqid %s(0x%x) mode tunnel
          	replay-window 0 seq 0x00000000 flag af-unspec esn (0x10100000)
          %s
          	lifetime config:
          	  limit: soft (INF)(bytes), hard (INF)(bytes)
          	lifetime current:
          	  %d(bytes), %d(packets)
          	  add 2026-01-01 00:00:00 use -
          """
              .formatted(
                  words.get("src"),
                  words.get("dst"),
                  words.get("spi"),
                  Long.decode(words.get("spi")),
                  words.get("reqid"),
                  Long.parseLong(words.get("reqid")),
                  keys(words),
                  association.bytes,
                  association.packets));
    }
    return text.toString();
  }

  private static String keys(Map<String, String> words) {
    return words.containsKey("aead key")
        ? "\taead rfc4106(gcm(aes)) %s (288 bits) 128".formatted(words.get("aead key"))
        : "\tauth-trunc hmac(sha256) %s (256 bits) 128\n\tenc cbc(aes) %s (256 bits)"
            .formatted(words.get("auth-trunc key"), words.get("enc key"));
  }

  String listPolicies() {
    StringBuilder text = new StringBuilder();
    for (Map<String, String> words : policies.values()) {
      text.append(
          """
          src %s dst %s %s
          	dir %s priority %s ptype main
          	tmpl src %s dst %s
          		proto esp%s reqid %s mode tunnel
          """
              .formatted(
                  words.get("src"),
                  words.get("dst"),
                  words.containsKey("dev") ? "dev " + words.get("dev") : "",
                  words.get("dir"),
                  words.get("priority"),
                  words.get("tmpl src"),
                  words.get("tmpl dst"),
                  words.containsKey("tmpl spi") ? " spi " + words.get("tmpl spi") : "",
                  words.getOrDefault("tmpl reqid", "0")));
    }
    return text.toString();
  }

  List<String> snapshot() {
    List<String> rows = new ArrayList<>();
    associations.values().forEach(association -> rows.add("state " + association.words));
    policies.values().forEach(policy -> rows.add("policy " + policy));
    return rows;
  }
}
