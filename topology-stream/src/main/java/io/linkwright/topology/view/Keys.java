package io.linkwright.topology.view;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the view: a byte for the kind of record, then each slug followed by a zero byte. No slug
 * contains one, so no key is a prefix of another's slug, and the order of the bytes is the order of
 * the ids. Numbers are big-endian and never negative, for the same reason.
 *
 * <p>Kinds are part of the stored form: they are added to, never renumbered.
 */
final class Keys {
  /** Lists the groups. Value: {@link GroupRecord}. */
  static final byte GROUP = 'g';

  /** By group and edge. Value: {@link MemberRecord}. */
  static final byte MEMBER = 'm';

  /** By group and edge: what links change about a member. Value: {@link NodeRecord}. */
  static final byte NODE = 'n';

  /** By group, lesser edge, greater edge. Value: {@link LinkRecord}. */
  static final byte LINK = 'l';

  /** By group, greater edge, lesser edge: the other half of the adjacency. No value. */
  static final byte REVERSE_LINK = 'r';

  /** By group and edge: members without a link. No value. */
  static final byte UNLINKED = 'u';

  /** By group and label: members of a component of two or more. Value: their number. */
  static final byte COMPONENT = 'c';

  /** By group and edge. Value: {@link io.linkwright.domain.delivery.EdgeStatus}. */
  static final byte STATUS = 's';

  /** By group and edge: edges that say of a tunnel that it is down. No value. */
  static final byte TUNNEL_DOWN = 'd';

  /** By group and revision: where the event stands on the log. Value: {@link LogEntry}. */
  static final byte LOG_ENTRY = 'e';

  /** What a group is, in all its records. */
  static final List<Byte> MADE_BY_EVENTS =
      List.of(GROUP, MEMBER, NODE, LINK, REVERSE_LINK, UNLINKED, COMPONENT);

  private static final byte END_OF_SLUG = 0;
  private static final byte ABOVE_ALL = (byte) 0xff;

  private Keys() {}

  static Bytes of(byte kind) {
    return Bytes.wrap(new byte[] {kind});
  }

  static Bytes of(byte kind, GroupId group) {
    byte[] key = new byte[2 + group.value().length()];
    key[0] = kind;
    putSlug(key, 1, group.value());
    return Bytes.wrap(key);
  }

  static Bytes of(byte kind, GroupId group, EdgeId edge) {
    byte[] key = new byte[3 + group.value().length() + edge.value().length()];
    key[0] = kind;
    putSlug(key, putSlug(key, 1, group.value()), edge.value());
    return Bytes.wrap(key);
  }

  static Bytes of(byte kind, GroupId group, EdgeId edge, EdgeId peer) {
    byte[] key =
        new byte[4 + group.value().length() + edge.value().length() + peer.value().length()];
    key[0] = kind;
    putSlug(key, putSlug(key, putSlug(key, 1, group.value()), edge.value()), peer.value());
    return Bytes.wrap(key);
  }

  static Bytes of(byte kind, GroupId group, long number) {
    byte[] key = new byte[2 + group.value().length() + Long.BYTES];
    key[0] = kind;
    ByteBuffer.wrap(key).putLong(putSlug(key, 1, group.value()), number);
    return Bytes.wrap(key);
  }

  static Bytes ofLink(GroupId group, LinkId link) {
    return of(LINK, group, link.edgeA(), link.edgeB());
  }

  static Bytes ofReverseLink(GroupId group, LinkId link) {
    return of(REVERSE_LINK, group, link.edgeB(), link.edgeA());
  }

  /** Greater than every key that starts with {@code prefix}. */
  static Bytes endOf(Bytes prefix) {
    return append(prefix, ABOVE_ALL);
  }

  /** The least key greater than {@code key}. */
  static Bytes after(Bytes key) {
    return append(key, END_OF_SLUG);
  }

  /** The {@code index}-th slug of a key, from 0. */
  static String slug(Bytes key, int index) {
    byte[] bytes = key.get();
    int start = 1;
    for (int skipped = 0; skipped < index; skipped++) {
      start = endOfSlug(bytes, start) + 1;
    }
    return new String(bytes, start, endOfSlug(bytes, start) - start, StandardCharsets.ISO_8859_1);
  }

  /** The number at the end of a key. */
  static long number(Bytes key) {
    byte[] bytes = key.get();
    return ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES);
  }

  /** The link that a key of {@link #LINK} names. */
  static LinkId link(Bytes key) {
    return new LinkId(new EdgeId(slug(key, 1)), new EdgeId(slug(key, 2)));
  }

  private static int endOfSlug(byte[] bytes, int start) {
    int end = start;
    while (bytes[end] != END_OF_SLUG) {
      end++;
    }
    return end;
  }

  /** Slugs are ASCII, so a character is a byte. */
  private static int putSlug(byte[] key, int position, String slug) {
    byte[] bytes = slug.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, key, position, bytes.length);
    key[position + bytes.length] = END_OF_SLUG;
    return position + bytes.length + 1;
  }

  private static Bytes append(Bytes key, byte last) {
    byte[] bytes = key.get();
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = last;
    return Bytes.wrap(longer);
  }
}
