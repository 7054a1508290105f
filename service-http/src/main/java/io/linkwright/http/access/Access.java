package io.linkwright.http.access;

import io.javalin.security.RouteRole;

/** What a route needs. Every route declares exactly one, or the server does not start. */
public enum Access implements RouteRole {
  /**
   * Nothing: how the service is, documents, the pages of the console, which has its own sign-in.
   */
  ANYONE,
  /** A proof in the request itself, as edges bring one. */
  OWN_PROOF,
  /** To be somebody; what somebody may do does not matter. */
  SOMEBODY,
  /** To read how groups are. */
  READ,
  /** To read who did what. */
  AUDIT,
  /** To change a group. Which ones is decided with the command, whose body may name the group. */
  CHANGE,
  /** To do what no operator of some groups may. */
  ADMINISTER
}
