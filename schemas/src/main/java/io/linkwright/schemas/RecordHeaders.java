package io.linkwright.schemas;

import io.linkwright.domain.id.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Headers of Linkwright's records. */
public final class RecordHeaders {
  /**
   * The group's revision that made the record, decimal ASCII. On every record of {@code
   * linkwright.edge-config}: a tombstone has no value to carry it.
   */
  public static final String REVISION = "linkwright-revision";

  /**
   * Proves that an event stands where our writer put it, see {@link LogMac}; {@link
   * LogMac#LENGTH_BYTES} bytes. On every record of {@code linkwright.events}.
   */
  public static final String MAC = "linkwright-mac";

  private RecordHeaders() {}

  /** The header of an event's MAC. */
  public static Header mac(byte[] mac) {
    return new RecordHeader(MAC, mac);
  }

  /**
   * The MAC of an event; empty if it carries none. One of a wrong length is none: nothing could be
   * proved by it.
   */
  public static Optional<byte[]> mac(Headers headers) {
    Header header = headers.lastHeader(MAC);
    return header == null || header.value() == null || header.value().length != LogMac.LENGTH_BYTES
        ? Optional.empty()
        : Optional.of(header.value());
  }

  /** The header of a revision. */
  public static Header revision(long revision) {
    return new RecordHeader(REVISION, Long.toString(revision).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The revision of a record; empty if it carries none.
   *
   * @throws IllegalArgumentException if the header is not a decimal number that a revision may be
   */
  public static OptionalLong revision(Headers headers) {
    Header header = headers.lastHeader(REVISION);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    String text = new String(header.value(), StandardCharsets.US_ASCII);
    try {
      return OptionalLong.of(Revision.require(REVISION, Long.parseLong(text)));
    } catch (NumberFormatException notDecimal) {
      throw new IllegalArgumentException(
          "header %s is not a decimal number".formatted(REVISION), notDecimal);
    }
  }
}
