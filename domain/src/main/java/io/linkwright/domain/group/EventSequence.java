package io.linkwright.domain.group;

import io.linkwright.domain.group.Decision.Step;
import io.linkwright.domain.group.GroupState.Active;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of one command so far, and the group as they leave it: what comes later in a command
 * is decided against what came before. Owned by the thread that decides.
 */
final class EventSequence {
  private final CommandEnvelope envelope;
  private final long highestRevision;
  private final List<Step> steps = new ArrayList<>();

  /**
   * What links were given here. No link is given a version twice, also if it goes and comes again:
   * its keys follow from the version and the command's seed.
   */
  private final Map<LinkId, Integer> keyVersions = new HashMap<>();

  private int unchangedLinks;
  private GroupState state;
  private EventIds ids; // derived with the first event: a refusal costs nothing
  private Optional<CommandDigest> digest = Optional.empty(); // likewise

  EventSequence(FoldedGroup group, CommandEnvelope envelope) {
    this.state = group.state();
    this.highestRevision = group.highestRevision();
    this.envelope = envelope;
  }

  /** Whether there is a group after the events so far. */
  boolean hasGroup() {
    return state instanceof Active;
  }

  /**
   * The group after the events so far.
   *
   * @throws IllegalStateException if there is none
   */
  Active group() {
    if (state instanceof Active active) {
      return active;
    }
    throw new IllegalStateException("group %s does not exist".formatted(state.id()));
  }

  /** Adds an event and moves the group on. */
  void append(GroupEvent payload) {
    append(payload, state.revision() + 1);
  }

  /** The group goes on from where it is, with revisions above all there were and {@code above}. */
  void recover(long above) {
    append(new GroupEvent.GroupRecovered(state.revision()), Math.max(above, highestRevision) + 1);
  }

  private void append(GroupEvent payload, long revision) {
    if (ids == null) {
      ids = EventIds.of(envelope);
      digest = Optional.of(CommandDigest.of(envelope.command()));
    }
    RecordedEvent event =
        new RecordedEvent(
            ids.id(steps.size()),
            state.id(),
            revision,
            envelope.occurredAt(),
            envelope.actor(),
            envelope.commandId(),
            digest,
            payload);
    state = Evolver.evolve(state, event);
    steps.add(new Step(event, state));
  }

  /** Links two members. */
  void addLink(LinkId link) {
    append(new GroupEvent.LinkAdded(configured(link, keyVersions.getOrDefault(link, 0) + 1)));
  }

  /** Unlinks two members. */
  void removeLink(LinkId link) {
    append(new GroupEvent.LinkRemoved(link));
  }

  /** Gives a link new keys and what its ends are now. */
  void renewLink(LinkConfiguration link) {
    append(new GroupEvent.LinkChanged(next(link)));
  }

  /**
   * Gives a link new keys and what its ends are now, unless it waits for an edge to enroll and
   * nothing else about it changes.
   */
  void refreshLink(LinkConfiguration link) {
    LinkConfiguration next = next(link);
    boolean changed =
        next.isConfigurable()
            || !next.endA().equals(link.endA())
            || !next.endB().equals(link.endB())
            || !next.tunnels().equals(link.tunnels());
    if (changed) {
      append(new GroupEvent.LinkChanged(next));
    } else {
      unchangedLinks++;
    }
  }

  /** Takes a link's keys away; one of its ends has none any more. */
  void suspendLink(LinkConfiguration link) {
    append(new GroupEvent.LinkSuspended(next(link)));
  }

  /** What the command has cost so far: the events, and the links that were worked out in vain. */
  long cost() {
    return (long) steps.size() + unchangedLinks;
  }

  /** When the command was given. */
  Instant now() {
    return envelope.occurredAt();
  }

  /** The command is accepted with the events so far. */
  Decision accepted() {
    return new Decision.Accepted(steps);
  }

  private LinkConfiguration next(LinkConfiguration link) {
    return configured(link.id(), link.keyVersion() + 1);
  }

  private LinkConfiguration configured(LinkId link, int keyVersion) {
    keyVersions.put(link, keyVersion);
    return LinkConfigurator.configure(group(), link, keyVersion, envelope.seed());
  }
}
