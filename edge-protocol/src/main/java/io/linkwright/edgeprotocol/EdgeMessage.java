package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.domain.text.PlainText;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What an edge says to the server. */
public sealed interface EdgeMessage {

  /**
   * The edge's answer to the challenge.
   *
   * @param signature see {@link ChallengeProof}
   * @param have what it runs, by group
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by the bytes, see equals
  record Hello(byte[] signature, SortedMap<GroupId, Have> have) implements EdgeMessage {

    /** Copies the map. */
    public Hello {
      Bounds.require("have", have.size(), ProtocolLimits.MAX_GROUPS_PER_EDGE);
      have = Collections.unmodifiableSortedMap(new TreeMap<>(have));
    }

    /** From groups in any order. */
    public static Hello of(byte[] signature, Map<GroupId, Have> have) {
      return new Hello(signature, new TreeMap<>(have));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Hello that
          && Arrays.equals(signature, that.signature)
          && have.equals(that.have);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(signature);
    }
  }

  /**
   * The edge runs what the configuration with this nonce says, and has it on disk.
   *
   * @param sending the links set by the configuration that send with former keys for now, each with
   *     the revision of these; every other link sends with its newest
   */
  record Ack(String nonce, GroupId group, long revision, SortedMap<LinkId, Long> sending)
      implements EdgeMessage {
    /** Checks the length of the nonce and copies the map. */
    public Ack {
      Bounds.require("nonce", nonce.length(), ProtocolLimits.MAX_NONCE_LENGTH);
      Bounds.require("sending", sending.size(), ProtocolLimits.MAX_LINKS_PER_CONFIG);
      Revision.require("revision", revision);
      sending = Collections.unmodifiableSortedMap(new TreeMap<>(sending));
    }

    /** With no link that sends with former keys. */
    public Ack(String nonce, GroupId group, long revision) {
      this(nonce, group, revision, Collections.emptySortedMap());
    }
  }

  /**
   * The edge refuses the configuration with this nonce as a whole and keeps its last good one.
   *
   * @param revision of the configuration it refuses
   * @param error why, in words for an operator; cut off at {@link ProtocolLimits#MAX_ERROR_LENGTH}
   */
  record Nack(String nonce, GroupId group, long revision, String error) implements EdgeMessage {
    /** Makes the reason plain and cuts it. */
    public Nack {
      Bounds.require("nonce", nonce.length(), ProtocolLimits.MAX_NONCE_LENGTH);
      Revision.require("revision", revision);
      error = PlainText.of(error, ProtocolLimits.MAX_ERROR_LENGTH);
    }
  }

  /**
   * The state of all tunnels the edge has in the group; it replaces what was said before.
   *
   * @param keyChanges the links that still have former keys, all of them
   * @param problems what keeps accepted links from working; beyond {@link
   *     ProtocolLimits#MAX_PROBLEMS_PER_STATUS} they show by their tunnels only
   */
  record Status(
      GroupId group,
      List<TunnelStatus> tunnels,
      List<KeyChange> keyChanges,
      List<LinkProblem> problems)
      implements EdgeMessage {
    /** Copies the lists and cuts the problems. */
    public Status {
      tunnels = List.copyOf(tunnels);
      keyChanges = List.copyOf(keyChanges);
      problems =
          List.copyOf(
              problems.subList(
                  0, Math.min(problems.size(), ProtocolLimits.MAX_PROBLEMS_PER_STATUS)));
      Bounds.require("tunnels", tunnels.size(), 2 * ProtocolLimits.MAX_LINKS_PER_EDGE);
      Bounds.require("keyChanges", keyChanges.size(), ProtocolLimits.MAX_LINKS_PER_EDGE);
      requireOnce("tunnels", tunnels, tunnel -> Map.entry(tunnel.link(), tunnel.tunnelIndex()));
      requireOnce("keyChanges", keyChanges, KeyChange::link);
    }

    private static <T> void requireOnce(String name, List<T> items, Function<T, ?> key) {
      Set<Object> keys = HashSet.newHashSet(items.size());
      for (T item : items) {
        if (!keys.add(key.apply(item))) {
          throw new IllegalArgumentException("%s names %s twice".formatted(name, key.apply(item)));
        }
      }
    }

    /** With no link that still has former keys. */
    public Status(GroupId group, List<TunnelStatus> tunnels) {
      this(group, tunnels, List.of());
    }

    /** With no problem known. */
    public Status(GroupId group, List<TunnelStatus> tunnels, List<KeyChange> keyChanges) {
      this(group, tunnels, keyChanges, List.of());
    }
  }
}
