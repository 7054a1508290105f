package io.linkwright.command.writer;

import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.group.CommandDigest;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a command did, told by its events alone: a repeat is answered from the same receipt whether
 * the first try was answered by this process, by one that has died since, or by nobody.
 *
 * @param revision of the group after the command
 * @param at when it was done, by the clock of who did it
 * @param digest of the command; empty if it was written when there were no digests
 * @param links that it touched; none are listed if a whole group went or was recovered
 * @param recipients of what it changed; none are listed if a whole group went or was recovered
 * @param invitees in the order of the events
 */
public record Receipt(
    long revision,
    Instant at,
    Optional<CommandDigest> digest,
    Subject subject,
    LinkChanges links,
    Recipients recipients,
    List<Invitee> invitees) {
  /** What a receipt without lists takes on the heap, roughly, and an id in a list. */
  private static final int BASE_BYTES = 1_024;

  private static final int LINK_BYTES = 160;

  /** A recipient is mostly an end of one of the links that are listed as well. */
  private static final int RECIPIENT_BYTES = 16;

  private static final int INVITEE_BYTES = 256;

  /** Copies the list. */
  public Receipt {
    invitees = List.copyOf(invitees);
  }

  /** What the command was about. */
  public sealed interface Subject {
    /** The group came into being. */
    record GroupCreated(GroupSettings settings) implements Subject {}

    /** The group changed, or was asked to become what it is. */
    record GroupChanged(GroupSettings settings) implements Subject {}

    /** The group is gone. */
    record GroupDeleted() implements Subject {}

    /**
     * The group goes on from its last good state.
     *
     * @param members whose configuration was written anew
     * @param links whose configuration was written anew
     */
    record GroupRecovered(long lastRevision, int members, int links) implements Subject {}

    /** A member joined. */
    record MemberAdded(Member member) implements Subject {}

    /** A member changed, or was asked to become what it is. */
    record MemberChanged(Member member) implements Subject {}

    /** A member's keys were taken away. */
    record MemberRevoked(Member member, List<String> keyFingerprints) implements Subject {
      /** Copies the list. */
      public MemberRevoked {
        keyFingerprints = List.copyOf(keyFingerprints);
      }
    }

    /** A member left. */
    record MemberRemoved(EdgeId edge) implements Subject {}

    /** Links only. */
    record Links() implements Subject {}
  }

  /** The links that a command touched, in the order of the events. */
  public record LinkChanges(List<LinkId> added, List<LinkId> changed, List<LinkId> removed) {
    /** No link. */
    public static final LinkChanges NONE = new LinkChanges(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public LinkChanges {
      added = List.copyOf(added);
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
    }

    private Stream<LinkId> all() {
      return Stream.of(removed, changed, added).flatMap(List::stream);
    }
  }

  /**
   * Whom a command concerned, in string order.
   *
   * @param now those whose configuration it changed
   * @param awaiting those who get nothing of it until a member enrolls
   */
  public record Recipients(List<EdgeId> now, List<EdgeId> awaiting) {
    /** Nobody. */
    public static final Recipients NONE = new Recipients(List.of(), List.of());

    /** Copies the lists. */
    public Recipients {
      now = List.copyOf(now);
      awaiting = List.copyOf(awaiting);
    }

    static Recipients of(List<RecordedEvent> events) {
      SortedSet<EdgeId> now = new TreeSet<>();
      SortedSet<EdgeId> awaiting = new TreeSet<>();
      for (RecordedEvent event : events) {
        ConfigurationChange.of(event.payload()).ifPresent(change -> now.addAll(change.edges()));
        awaiting.addAll(ConfigurationChange.awaiting(event.payload()));
      }
      awaiting.removeAll(now);
      return new Recipients(List.copyOf(now), List.copyOf(awaiting));
    }
  }

  /** A member that the command left with a token, of this command or of one before. */
  public record Invitee(EdgeId edge, Enrollment.Invited enrollment) {}

  /** What it takes on the heap, roughly and rather too much. */
  int sizeBytes() {
    int named = links.added().size() + links.changed().size() + links.removed().size();
    int served = recipients.now().size() + recipients.awaiting().size();
    return BASE_BYTES
        + named * LINK_BYTES
        + served * RECIPIENT_BYTES
        + invitees.size() * INVITEE_BYTES;
  }

  /** Whether this is the receipt of {@code command}, or of another one under the same key. */
  boolean answers(GroupCommand command) {
    return digest
        .map(CommandDigest.of(command)::equals)
        .orElseGet(() -> answersWithoutDigest(command));
  }

  /** Tells a repeat by what was done: all that there is of a command of a former version. */
  private boolean answersWithoutDigest(GroupCommand command) {
    return switch (command) {
      case GroupCommand.CreateGroup _ -> subject instanceof Subject.GroupCreated;
      case GroupCommand.ChangeGroup _ -> subject instanceof Subject.GroupChanged;
      case GroupCommand.DeleteGroup _ -> subject instanceof Subject.GroupDeleted;
      case GroupCommand.RecoverGroup _ -> subject instanceof Subject.GroupRecovered;
      case GroupCommand.AddMember add ->
          subject instanceof Subject.MemberAdded(Member member)
              && member.edge().equals(add.member().edge());
      case GroupCommand.ChangeMember change ->
          subject instanceof Subject.MemberChanged(Member member)
              && member.edge().equals(change.edge());
      case GroupCommand.InviteMember(_, EdgeId edge, _) ->
          subject instanceof Subject.MemberChanged(Member member)
              && member.edge().equals(edge)
              && member.keys().isEmpty();
      case GroupCommand.EnrollMember enroll ->
          subject instanceof Subject.MemberChanged(Member member)
              && member.edge().equals(enroll.edge())
              && member.keys().filter(enroll.keys()::equals).isPresent();
      case GroupCommand.RevokeMember revoke ->
          switch (subject) {
            case Subject.MemberRevoked(Member member, _) -> member.edge().equals(revoke.edge());
            case Subject.Links() ->
                links.all().allMatch(links.removed()::contains)
                    && links.all().allMatch(link -> link.joins(revoke.edge()));
            case Subject.GroupCreated _,
                Subject.GroupChanged _,
                Subject.GroupDeleted _,
                Subject.GroupRecovered _,
                Subject.MemberAdded _,
                Subject.MemberChanged _,
                Subject.MemberRemoved _ ->
                false;
          };
      case GroupCommand.RemoveMember remove ->
          subject.equals(new Subject.MemberRemoved(remove.edge()));
      case GroupCommand.AddLink(_, EdgePair pair) ->
          isOnly(new LinkChanges(linkOf(pair).stream().toList(), List.of(), List.of()));
      case GroupCommand.RemoveLink(_, LinkId link) ->
          isOnly(new LinkChanges(List.of(), List.of(), List.of(link)));
      case GroupCommand.RekeyLink(_, LinkId link) ->
          isOnly(new LinkChanges(List.of(), List.of(link), List.of()));
      case GroupCommand.RekeyMember(_, EdgeId edge) ->
          isOnly(new LinkChanges(List.of(), links.changed(), List.of()))
              && links.changed().stream().allMatch(link -> link.joins(edge));
      case GroupCommand.RenewKeys renew ->
          isOnly(new LinkChanges(List.of(), links.changed(), List.of()))
              && renew.keyVersions().keySet().containsAll(links.changed());
      case GroupCommand.ChangeLinks batch ->
          subject instanceof Subject.Links
              && isWithin(links.added(), batch.add())
              && isWithin(links.removed(), batch.remove());
      case GroupCommand.ChangeContents _ -> false; // there has always been a digest
    };
  }

  private boolean isOnly(LinkChanges expected) {
    return subject instanceof Subject.Links && links.equals(expected);
  }

  private static boolean isWithin(List<LinkId> done, List<EdgePair> asked) {
    return asked.stream()
        .map(Receipt::linkOf)
        .flatMap(Optional::stream)
        .collect(java.util.stream.Collectors.toSet())
        .containsAll(done);
  }

  private static Optional<LinkId> linkOf(EdgePair pair) {
    return pair.isLoop() ? Optional.empty() : Optional.of(pair.link());
  }
}
