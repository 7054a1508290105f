package io.linkwright.cli.replay;

import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.delivery.ConfigurationReplay.Entry;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that stands on {@code linkwright.edge-config} in another way than the log calls for.
 *
 * @param key as it is written there
 * @param log what the log calls for
 * @param topic what stands there
 */
public record ConfigurationDifference(String key, Kind kind, String log, String topic) {
  private static final String NOTHING = "nothing";
  private static final int MAX_FOREIGN_LENGTH = 200;

  /** In which way. */
  public enum Kind {
    /** The log calls for it, and it is not there. */
    MISSING,
    /** It is there, and the log does not call for it. */
    SURPLUS,
    /** An event has come after it. */
    OLDER,
    /** It is of a revision that the log does not have. */
    NEWER,
    /** Of the same revision, and says something else. */
    OTHER,
    /** No writer of ours wrote it. */
    DEFECTIVE;

    /** In lower case, for people and programs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Holds the last record of a key against the log.
   *
   * @param written empty if the topic has no record of the key
   * @param revision of the key's group on the log; 0 if the log has no such group
   * @return empty if it is as it should be
   */
  static Optional<ConfigurationDifference> between(
      EdgeConfigKey key,
      ConfigurationReplay log,
      Optional<WrittenConfiguration> written,
      long revision) {
    Optional<Entry> entry = Optional.ofNullable(log.entries().get(key));
    Optional<Long> withdrawn = Optional.ofNullable(log.withdrawals().get(key));
    Optional<Kind> kind =
        written.isEmpty()
            ? entry.map(_ -> Kind.MISSING)
            : switch (written.get()) {
              case WrittenConfiguration.Defective _ -> Optional.of(Kind.DEFECTIVE);
              case WrittenConfiguration.Tombstone(long at) ->
                  entry.isPresent()
                      ? Optional.of(unlike(at, entry.get().revision()))
                      : ofTombstone(at, withdrawn, revision);
              case WrittenConfiguration.Link(long at, LinkConfiguration link) ->
                  entry.isPresent()
                      ? ofConfigured(at, entry.get(), differing(entry.get(), link))
                      : Optional.of(at > revision ? Kind.NEWER : Kind.SURPLUS);
              case WrittenConfiguration.Membership(MembershipDocument document) ->
                  entry.isPresent()
                      ? ofConfigured(
                          document.revision(), entry.get(), differing(entry.get(), document))
                      : Optional.of(document.revision() > revision ? Kind.NEWER : Kind.SURPLUS);
            };
    return kind.map(
        found ->
            new ConfigurationDifference(
                key.toString(),
                found,
                entry
                    .map(ConfigurationDifference::text)
                    .or(() -> withdrawn.map("gone since revision %d"::formatted))
                    .orElse(NOTHING),
                written.map(record -> text(record, entry)).orElse(NOTHING)));
  }

  /** A record that no key of ours has, or that stands where the key's records do not. */
  static ConfigurationDifference defective(String key, String reason) {
    return new ConfigurationDifference(
        PlainText.of(key, MAX_FOREIGN_LENGTH),
        Kind.DEFECTIVE,
        NOTHING,
        PlainText.of(reason, MAX_FOREIGN_LENGTH));
  }

  /**
   * A tombstone of a key that the log does not configure. One without a withdrawal is left by
   * events that were set aside by a recovery: nothing stands there, as it should be.
   */
  private static Optional<Kind> ofTombstone(long at, Optional<Long> withdrawn, long revision) {
    if (at > revision) {
      return Optional.of(Kind.NEWER);
    }
    return withdrawn.filter(called -> called != at).map(called -> unlike(at, called));
  }

  private static Optional<Kind> ofConfigured(long at, Entry entry, List<String> differing) {
    if (at == entry.revision() && differing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(unlike(at, entry.revision()));
  }

  private static Kind unlike(long written, long called) {
    if (written == called) {
      return Kind.OTHER;
    }
    return written < called ? Kind.OLDER : Kind.NEWER;
  }

  private static List<String> differing(Entry entry, LinkConfiguration link) {
    return switch (entry) {
      case Entry.MembershipEntry _ -> List.of("kind");
      case Entry.LinkEntry(_, LinkConfiguration called) -> {
        List<String> names = new ArrayList<>();
        add(names, "protocol", called.protocol(), link.protocol());
        add(names, "key version", called.keyVersion(), link.keyVersion());
        add(names, called.endA().edge().value(), called.endA(), link.endA());
        add(names, called.endB().edge().value(), called.endB(), link.endB());
        add(names, "tunnels", called.tunnels(), link.tunnels());
        add(names, "limits", called.limits(), link.limits());
        yield names;
      }
    };
  }

  private static List<String> differing(Entry entry, MembershipDocument document) {
    return switch (entry) {
      case Entry.LinkEntry _ -> List.of("kind");
      case Entry.MembershipEntry(_, Member called) -> {
        List<String> names = new ArrayList<>();
        add(names, "name", called.name(), document.name());
        add(
            names,
            "identity",
            called.keys().map(MemberKeys::identity),
            Optional.of(document.identity()));
        add(names, "overlay addresses", called.overlayAddresses(), document.overlayAddresses());
        yield names;
      }
    };
  }

  private static void add(List<String> names, String name, Object called, Object written) {
    if (!called.equals(written)) {
      names.add(name);
    }
  }

  private static String text(Entry entry) {
    return switch (entry) {
      case Entry.LinkEntry(long revision, LinkConfiguration link) -> text(revision, link);
      case Entry.MembershipEntry(long revision, _) -> text(revision);
    };
  }

  private static String text(WrittenConfiguration written, Optional<Entry> entry) {
    return switch (written) {
      case WrittenConfiguration.Defective(String reason) ->
          PlainText.of(reason, MAX_FOREIGN_LENGTH);
      case WrittenConfiguration.Tombstone(long revision) ->
          "tombstone of revision %d".formatted(revision);
      case WrittenConfiguration.Link(long revision, LinkConfiguration link) ->
          text(revision, link) + others(entry.map(called -> differing(called, link)));
      case WrittenConfiguration.Membership(MembershipDocument document) ->
          text(document.revision()) + others(entry.map(called -> differing(called, document)));
    };
  }

  private static String text(long revision, LinkConfiguration link) {
    return "link of revision %d, key version %d".formatted(revision, link.keyVersion());
  }

  private static String text(long revision) {
    return "membership of revision %d".formatted(revision);
  }

  private static String others(Optional<List<String>> names) {
    return names
        .filter(found -> !found.isEmpty())
        .map(found -> ", other " + String.join(", ", found))
        .orElse("");
  }
}
