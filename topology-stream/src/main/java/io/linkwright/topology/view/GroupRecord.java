package io.linkwright.topology.view;

import io.linkwright.domain.Cidr;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupSettings;
import io.linkwright.domain.RekeyInterval;
import io.linkwright.domain.SaAlgorithm;
import io.linkwright.domain.SaLimits;
import io.linkwright.domain.SaPolicy;
import io.linkwright.domain.Topology;
import io.linkwright.domain.TunnelProtocol;
import java.time.Duration;
import java.util.Optional;

/**
 * What the view knows of a group as a whole.
 *
 * @param settings empty once the group is deleted; its revision stays, so that a gap shows
 * @param revision of the last event applied
 * @param components what holds together by links: those of two or more members
 */
public record GroupRecord(
    Optional<GroupSettings> settings, long revision, long members, long links, int components) {
  private static final byte VERSION = 3;

  /** A group no event of which has been seen. */
  static final GroupRecord UNSEEN = new GroupRecord(Optional.empty(), 0, 0, 0, 0);

  /** Whether the group exists and its links are managed by hand. */
  public boolean isPartialMesh() {
    return settings.filter(group -> group.topology() == Topology.PARTIAL_MESH).isPresent();
  }

  GroupRecord withSettings(Optional<GroupSettings> changed) {
    return new GroupRecord(changed, revision, members, links, components);
  }

  GroupRecord at(long newRevision) {
    return new GroupRecord(settings, newRevision, members, links, components);
  }

  GroupRecord plusMembers(long added) {
    return new GroupRecord(settings, revision, members + added, links, components);
  }

  GroupRecord plusLinks(long added) {
    return new GroupRecord(settings, revision, members, links + added, components);
  }

  GroupRecord withComponents(int count) {
    return new GroupRecord(settings, revision, members, links, count);
  }

  byte[] toBytes() {
    return new RecordWriter(VERSION)
        .number(revision)
        .number(members)
        .number(links)
        .number(components)
        .optional(settings, GroupRecord::writeSettings)
        .toBytes();
  }

  static GroupRecord read(GroupId id, byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, VERSION);
    long revision = reader.number();
    long members = reader.number();
    long links = reader.number();
    int components = (int) reader.number();
    return new GroupRecord(
        reader.optional(fields -> readSettings(id, fields)), revision, members, links, components);
  }

  private static void writeSettings(RecordWriter writer, GroupSettings settings) {
    writer
        .text(settings.name())
        .text(settings.topology().label())
        .text(settings.tunnelProtocol().label())
        .flag(settings.dualTunnel())
        .optional(settings.hub(), (out, hub) -> out.text(hub.value()))
        .text(settings.addressPool().toString())
        .optional(
            settings.rekeyEvery(), (out, interval) -> out.number(interval.duration().toSeconds()))
        .text(settings.associations().algorithm().label())
        .optional(settings.associations().limits().bytes(), RecordWriter::number)
        .optional(settings.associations().limits().packets(), RecordWriter::number);
  }

  private static GroupSettings readSettings(GroupId id, RecordReader reader) {
    return new GroupSettings(
        id,
        reader.text(),
        Topology.parse(reader.text()),
        TunnelProtocol.parse(reader.text()),
        reader.flag(),
        reader.optional(field -> new EdgeId(field.text())),
        Cidr.parse(reader.text()),
        reader.optional(field -> new RekeyInterval(Duration.ofSeconds(field.number()))),
        readAssociations(reader));
  }

  private static SaPolicy readAssociations(RecordReader reader) {
    return new SaPolicy(
        SaAlgorithm.parse(reader.text()),
        new SaLimits(reader.optional(RecordReader::number), reader.optional(RecordReader::number)));
  }
}
