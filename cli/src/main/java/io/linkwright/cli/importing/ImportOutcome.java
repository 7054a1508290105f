package io.linkwright.cli.importing;

/**
 * What an import did.
 *
 * @param membersAdded members the group did not have
 * @param linksAdded links the group did not have
 * @param membersPresent members of the plan that were there before
 * @param linksPresent links of the plan that were there before
 * @param revision the group's revision afterwards
 */
public record ImportOutcome(
    int membersAdded, int linksAdded, int membersPresent, int linksPresent, long revision) {

  /** Whether the group was already what the plan says. */
  public boolean changedNothing() {
    return membersAdded == 0 && linksAdded == 0;
  }
}
