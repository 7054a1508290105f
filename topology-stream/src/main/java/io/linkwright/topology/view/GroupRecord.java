package io.linkwright.topology.view;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.link.TunnelProtocol;
import java.time.Duration;
import java.util.Optional;

/**
 * What the view knows of a group as a whole.
 *
 * @param settings empty once the group is deleted; its revision stays, so that a gap shows
 * @param revision of the last event applied
 * @param components what holds together by links: those of two or more members
 * @param damage why it stands still, if it does
 */
public record GroupRecord(
    Optional<GroupSettings> settings,
    long revision,
    long members,
    long links,
    int components,
    Optional<Damage> damage) {
  private static final byte VERSION = 3;

  /** Of a damaged group alone: a build that does not know of damage can read all the others. */
  private static final byte VERSION_WITH_DAMAGE = 4;

  /** Ends with the address pool: its groups' keys do not change by age. */
  private static final byte OLDEST_VERSION = 1;

  /** Ends with the age at which keys change: its groups' associations are the usual ones. */
  private static final byte VERSION_WITH_REKEY = 2;

  /** A group no event of which has been seen. */
  static final GroupRecord UNSEEN = new GroupRecord(Optional.empty(), 0, 0, 0, 0, Optional.empty());

  /** Whether the group exists and its links are managed by hand. */
  public boolean isPartialMesh() {
    return settings.filter(group -> group.topology() == Topology.PARTIAL_MESH).isPresent();
  }

  GroupRecord withSettings(Optional<GroupSettings> changed) {
    return new GroupRecord(changed, revision, members, links, components, damage);
  }

  GroupRecord at(long newRevision) {
    return new GroupRecord(settings, newRevision, members, links, components, damage);
  }

  GroupRecord plusMembers(long added) {
    return new GroupRecord(settings, revision, members + added, links, components, damage);
  }

  GroupRecord plusLinks(long added) {
    return new GroupRecord(settings, revision, members, links + added, components, damage);
  }

  GroupRecord withComponents(int count) {
    return new GroupRecord(settings, revision, members, links, count, damage);
  }

  GroupRecord damagedBy(Damage found) {
    return new GroupRecord(settings, revision, members, links, components, Optional.of(found));
  }

  GroupRecord recovered() {
    return new GroupRecord(settings, revision, members, links, components, Optional.empty());
  }

  byte[] toBytes() {
    RecordWriter writer =
        new RecordWriter(damage.isPresent() ? VERSION_WITH_DAMAGE : VERSION)
            .number(revision)
            .number(members)
            .number(links)
            .number(components)
            .optional(settings, GroupRecord::writeSettings);
    damage.ifPresent(found -> Damage.write(writer, found));
    return writer.toBytes();
  }

  static GroupRecord read(GroupId id, byte[] bytes) {
    RecordReader reader = new RecordReader(bytes, OLDEST_VERSION, VERSION_WITH_DAMAGE);
    long revision = reader.number();
    long members = reader.number();
    long links = reader.number();
    int components = (int) reader.number();
    return new GroupRecord(
        reader.optional(fields -> readSettings(id, fields)),
        revision,
        members,
        links,
        components,
        reader.version() < VERSION_WITH_DAMAGE
            ? Optional.empty()
            : Optional.of(Damage.read(reader)));
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
        readRekeyEvery(reader),
        readAssociations(reader));
  }

  private static Optional<RekeyInterval> readRekeyEvery(RecordReader reader) {
    return reader.version() < VERSION_WITH_REKEY
        ? Optional.empty()
        : reader.optional(field -> new RekeyInterval(Duration.ofSeconds(field.number())));
  }

  private static SaPolicy readAssociations(RecordReader reader) {
    return reader.version() < VERSION
        ? SaPolicy.DEFAULT
        : new SaPolicy(
            SaAlgorithm.parse(reader.text()),
            new SaLimits(
                reader.optional(RecordReader::number), reader.optional(RecordReader::number)));
  }
}
