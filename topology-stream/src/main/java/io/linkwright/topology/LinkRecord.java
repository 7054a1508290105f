package io.linkwright.topology;

import io.linkwright.domain.LinkConfiguration;
import io.linkwright.domain.Tunnel;
import io.linkwright.domain.TunnelProtocol;
import java.util.List;

/**
 * What the view shows of a link.
 *
 * @param tunnelIndexes of its tunnels, ascending
 * @param addedRevision of the event that added it: an end that has not acknowledged as much cannot
 *     speak of the link's tunnels
 * @param changedRevision of the last event about it
 */
record LinkRecord(
    TunnelProtocol protocol,
    List<Integer> tunnelIndexes,
    int keyVersion,
    long addedRevision,
    long changedRevision) {
  private static final byte VERSION = 1;

  LinkRecord {
    tunnelIndexes = List.copyOf(tunnelIndexes);
  }

  static LinkRecord added(LinkConfiguration link, long revision) {
    return of(link, revision, revision);
  }

  LinkRecord changed(LinkConfiguration link, long revision) {
    return of(link, addedRevision, revision);
  }

  byte[] toBytes() {
    return new RecordWriter(VERSION)
        .flag(protocol == TunnelProtocol.IPSEC)
        .list(tunnelIndexes, (out, index) -> out.number(index))
        .number(keyVersion)
        .number(addedRevision)
        .number(changedRevision - addedRevision)
        .toBytes();
  }

  static LinkRecord read(byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    TunnelProtocol protocol = reader.flag() ? TunnelProtocol.IPSEC : TunnelProtocol.WIREGUARD;
    List<Integer> indexes = reader.list(field -> (int) field.number());
    int keyVersion = (int) reader.number();
    long added = reader.number();
    return new LinkRecord(protocol, indexes, keyVersion, added, added + reader.number());
  }

  private static LinkRecord of(LinkConfiguration link, long added, long changed) {
    return new LinkRecord(
        link.protocol(),
        link.tunnels().stream().map(Tunnel::index).sorted().toList(),
        link.keyVersion(),
        added,
        changed);
  }
}
