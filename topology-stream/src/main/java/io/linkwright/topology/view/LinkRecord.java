package io.linkwright.topology.view;

import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.List;

/**
 * What the view shows of a link.
 *
 * @param tunnelIndexes of its tunnels, ascending
 * @param addedRevision of the event that added it: an end that has not acknowledged as much cannot
 *     speak of the link's tunnels
 * @param changedRevision of the last event about it
 * @param redundant whether its ends are surely connected without it: by the links of their
 *     component that are not redundant. When such a link goes, nobody need search for another path
 */
public record LinkRecord(
    TunnelProtocol protocol,
    List<Integer> tunnelIndexes,
    int keyVersion,
    long addedRevision,
    long changedRevision,
    boolean redundant) {
  private static final byte VERSION = 1;

  /** Copies the list. */
  public LinkRecord {
    tunnelIndexes = List.copyOf(tunnelIndexes);
  }

  static LinkRecord added(LinkConfiguration link, long revision) {
    return of(link, revision, revision);
  }

  LinkRecord changed(LinkConfiguration link, long revision) {
    LinkRecord changed = of(link, addedRevision, revision);
    return redundant ? changed.asRedundant() : changed;
  }

  LinkRecord asRedundant() {
    return new LinkRecord(
        protocol, tunnelIndexes, keyVersion, addedRevision, changedRevision, true);
  }

  LinkRecord asNeeded() {
    return new LinkRecord(
        protocol, tunnelIndexes, keyVersion, addedRevision, changedRevision, false);
  }

  byte[] toBytes() {
    return new RecordWriter(VERSION)
        .flag(protocol == TunnelProtocol.IPSEC)
        .list(tunnelIndexes, (out, index) -> out.number(index))
        .number(keyVersion)
        .number(addedRevision)
        .number(changedRevision - addedRevision)
        .flag(redundant)
        .toBytes();
  }

  static LinkRecord read(byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    TunnelProtocol protocol = reader.flag() ? TunnelProtocol.IPSEC : TunnelProtocol.WIREGUARD;
    List<Integer> indexes = reader.list(field -> (int) field.number());
    int keyVersion = (int) reader.number();
    long added = reader.number();
    return new LinkRecord(
        protocol, indexes, keyVersion, added, added + reader.number(), reader.flag());
  }

  private static LinkRecord of(LinkConfiguration link, long added, long changed) {
    return new LinkRecord(
        link.protocol(),
        link.tunnels().stream().map(Tunnel::index).sorted().toList(),
        link.keyVersion(),
        added,
        changed,
        false);
  }
}
