package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.key.SignedDocument;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the server says to an edge. */
public sealed interface ServerMessage {

  /**
   * The first word on a connection.
   *
   * @param nonce fresh random text, see {@link ChallengeProof}
   */
  record Challenge(String nonce) implements ServerMessage {
    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if the nonce is too short to be unguessable or too long
     */
    public Challenge {
      if (nonce.length() < ProtocolLimits.MIN_CHALLENGE_LENGTH
          || nonce.length() > ProtocolLimits.MAX_NONCE_LENGTH) {
        throw new IllegalArgumentException(
            "a challenge has %d to %d characters, not %d"
                .formatted(
                    ProtocolLimits.MIN_CHALLENGE_LENGTH,
                    ProtocolLimits.MAX_NONCE_LENGTH,
                    nonce.length()));
      }
    }
  }

  /**
   * A change of what the edge runs in a group: everything the edge has not got up to {@code
   * revision}, or everything there is.
   *
   * <p>More than {@link ProtocolLimits#MAX_LINKS_PER_CONFIG} links go out as several of these in
   * ascending order of revision, each with the highest revision it brings the edge to.
   *
   * @param nonce repeated in the edge's answer
   * @param revision what the edge is at after it has applied this: at least the revision of every
   *     document in it and never below what the edge said it has. A server that knows of less than
   *     the edge waits until it has caught up; the edge refuses it as older
   * @param complete whether what is not in here must go
   * @param membership the edge's own membership. With {@code complete} an empty one means that the
   *     edge is no member any more and drops the group; without, that it has not changed
   * @param set links new or changed
   * @param remove links to be gone; one that the edge has not got is no error
   */
  record Config(
      GroupId group,
      String nonce,
      long revision,
      boolean complete,
      Optional<SignedDocument> membership,
      List<LinkUpdate> set,
      List<LinkId> remove)
      implements ServerMessage {

    /**
     * Copies the lists and checks that they fit together.
     *
     * @throws IllegalArgumentException if a bound is exceeded, or a link is set in a group that is
     *     to be dropped
     */
    public Config {
      set = List.copyOf(set);
      remove = List.copyOf(remove);
      Bounds.require("nonce", nonce.length(), ProtocolLimits.MAX_NONCE_LENGTH);
      Bounds.require("set", set.size(), ProtocolLimits.MAX_LINKS_PER_CONFIG);
      Bounds.require("remove", remove.size(), ProtocolLimits.MAX_REMOVALS_PER_CONFIG);
      Revision.require("revision", revision);
      if (complete && membership.isEmpty() && !set.isEmpty()) {
        throw new IllegalArgumentException("links are set in a group that is to be dropped");
      }
    }

    /** The edge is no member of the group any more. */
    public static Config groupGone(GroupId group, String nonce, long revision) {
      return new Config(group, nonce, revision, true, Optional.empty(), List.of(), List.of());
    }

    /** Whether this tells the edge to drop the group. */
    public boolean isGroupGone() {
      return complete && membership.isEmpty();
    }
  }

  /**
   * The next step of links whose keys are changing. Only ever sent of links that the edge has said
   * still have former keys, so an edge that does not know of it never gets it.
   *
   * <p>Not answered: the edge's next status shows what has become of it. A link that the edge has
   * not got at exactly this revision, or that is not as far as its step wants it, is passed over.
   *
   * @param switchOver links that are to send with their newest keys, each with the revision of
   *     these: the peer receives with them
   * @param retire links whose former keys are to go, each with the revision of its newest: the peer
   *     has sent with these for a while
   */
  record ChangeOver(
      GroupId group, SortedMap<LinkId, Long> switchOver, SortedMap<LinkId, Long> retire)
      implements ServerMessage {

    /** Copies the maps. */
    public ChangeOver {
      Bounds.require("switchOver", switchOver.size(), ProtocolLimits.MAX_LINKS_PER_CONFIG);
      Bounds.require("retire", retire.size(), ProtocolLimits.MAX_LINKS_PER_CONFIG);
      switchOver = Collections.unmodifiableSortedMap(new TreeMap<>(switchOver));
      retire = Collections.unmodifiableSortedMap(new TreeMap<>(retire));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
      return switchOver.isEmpty() && retire.isEmpty();
    }
  }
}
