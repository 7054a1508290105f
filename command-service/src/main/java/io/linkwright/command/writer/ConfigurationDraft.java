package io.linkwright.command.writer;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.key.SealedSecrets;
import java.util.List;
import java.util.Optional;

/** Configuration of a transaction in the making: all but the signature. */
public sealed interface ConfigurationDraft {
  /** Of the event that calls for it. */
  long revision();

  /** Configuration records that it becomes. */
  int recordCount();

  /**
   * One document for all that are to have it.
   *
   * @param document the bytes to sign
   */
  @SuppressWarnings("ArrayRecordComponent") // passes through, never compared
  record Unsigned(long revision, byte[] document, List<Recipient> recipients)
      implements ConfigurationDraft {
    /** Copies the list. */
    public Unsigned {
      recipients = List.copyOf(recipients);
    }

    @Override
    public int recordCount() {
      return recipients.size();
    }
  }

  /** An edge that gets the document, and what is sealed for it alone. */
  record Recipient(EdgeConfigKey key, Optional<SealedSecrets> secrets) {}

  /** Becomes a tombstone of each. */
  record Withdrawn(long revision, List<EdgeConfigKey> keys) implements ConfigurationDraft {
    /** Copies the list. */
    public Withdrawn {
      keys = List.copyOf(keys);
    }

    @Override
    public int recordCount() {
      return keys.size();
    }
  }
}
