package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.LinkUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message in the making, bounded in items and characters. Not thread-safe. */
final class ConfigDraft {
  /** Member names, ids, nonce and numbers around the blobs of a link. */
  private static final int CHARS_AROUND_LINK = 600;

  private final int maxItems;
  private final int maxChars;

  private final List<PendingLinks.Entry> taken = new ArrayList<>();
  private final List<LinkUpdate> set = new ArrayList<>();
  private final List<LinkId> remove = new ArrayList<>();
  private Optional<SignedDocument> membership = Optional.empty();
  private long highestRevision;
  private int chars;

  ConfigDraft(int maxItems, int maxChars) {
    this.maxItems = maxItems;
    this.maxChars = maxChars;
  }

  void membership(Membership current) {
    membership = Optional.of(current.document());
    highestRevision = Math.max(highestRevision, current.revision());
    chars += charsOf(current.document());
  }

  boolean hasRoom() {
    return items() < maxItems && chars < maxChars;
  }

  /** Adds the link unless it makes the message too long; the first item always fits. */
  boolean set(PendingLinks.Entry entry, LinkUpdate update) {
    int more = CHARS_AROUND_LINK + charsOf(update.document()) + charsOf(update.secrets());
    if (items() > 0 && chars + more > maxChars) {
      return false;
    }
    chars += more;
    set.add(update);
    take(entry);
    highestRevision = Math.max(highestRevision, update.revision());
    return true;
  }

  void remove(PendingLinks.Entry entry) {
    chars += CHARS_AROUND_LINK;
    remove.add(entry.link());
    take(entry);
  }

  private void take(PendingLinks.Entry entry) {
    taken.add(entry);
    highestRevision = Math.max(highestRevision, entry.revision());
  }

  int items() {
    return taken.size() + (membership.isPresent() ? 1 : 0);
  }

  Optional<SignedDocument> membership() {
    return membership;
  }

  List<PendingLinks.Entry> taken() {
    return taken;
  }

  List<LinkUpdate> set() {
    return set;
  }

  List<LinkId> remove() {
    return remove;
  }

  /** Of everything in it. */
  long highestRevision() {
    return highestRevision;
  }

  private static int charsOf(SignedDocument document) {
    return base64(document.document().length) + base64(document.signature().length);
  }

  private static int charsOf(SealedSecrets secrets) {
    return base64(secrets.encapsulatedKey().length)
        + base64(secrets.nonce().length)
        + base64(secrets.ciphertext().length);
  }

  private static int base64(int bytes) {
    return (bytes + 2) / 3 * 4;
  }
}
