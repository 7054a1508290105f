package io.linkwright.httpapi;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;

/**
 * The paths of the HTTP API as routes name them. {@code at} puts ids in place of the names in
 * braces.
 */
public final class ApiPaths {
  /** What all but those of health begin with. */
  public static final String ROOT = "/v1/";

  /** Name of a path's group. */
  public static final String GROUP_ID = "group";

  /** Name of a path's edge. */
  public static final String EDGE_ID = "edge";

  /** Name of a path's link. */
  public static final String LINK_ID = "link";

  /** All groups. */
  public static final String GROUPS = ROOT + "groups";

  /** A group. */
  public static final String GROUP = GROUPS + "/{" + GROUP_ID + "}";

  /** Several changes of a group, all or nothing. */
  public static final String GROUP_CHANGE = GROUP + ":change";

  /** Lets a damaged group go on. */
  public static final String GROUP_RECOVER = GROUP + ":recover";

  /** Who holds together by links. */
  public static final String GRAPH = GROUP + "/graph";

  /** The log. */
  public static final String EVENTS = GROUP + "/events";

  /** The log as it grows, as server-sent events. */
  public static final String CHANGES = GROUP + "/changes";

  /** A group's members. */
  public static final String MEMBERS = GROUP + "/members";

  /** A member. */
  public static final String MEMBER = MEMBERS + "/{" + EDGE_ID + "}";

  /** A new enrollment token. */
  public static final String MEMBER_TOKEN = MEMBER + ":token";

  /** A device shows its token and its keys. */
  public static final String MEMBER_ENROLL = MEMBER + ":enroll";

  /** The keys of a device count no more. */
  public static final String MEMBER_REVOKE = MEMBER + ":revoke";

  /** New keys for all links of a member. */
  public static final String MEMBER_REKEY = MEMBER + ":rekey";

  /** New keys that a device asks for itself. */
  public static final String MEMBER_RENEW = MEMBER + ":renew";

  /** A group's links. */
  public static final String LINKS = GROUP + "/links";

  /** Links that come and go together. */
  public static final String LINKS_BATCH = LINKS + ":batch";

  /** A link. */
  public static final String LINK = LINKS + "/{" + LINK_ID + "}";

  /** New keys for a link. */
  public static final String LINK_REKEY = LINK + ":rekey";

  /** Who is calling. */
  public static final String WHOAMI = "/v1/whoami";

  /** Whether the process runs. */
  public static final String LIVENESS = "/livez";

  /** Whether the process can serve. */
  public static final String READINESS = "/readyz";

  private ApiPaths() {}

  /** The path that has a group. */
  public static String at(String path, GroupId group) {
    return complete(with(path, GROUP_ID, group.value()));
  }

  /** The path that has a member of a group. */
  public static String at(String path, GroupId group, EdgeId edge) {
    return complete(with(with(path, GROUP_ID, group.value()), EDGE_ID, edge.value()));
  }

  /** The path that has a link of a group. */
  public static String at(String path, GroupId group, LinkId link) {
    return complete(with(with(path, GROUP_ID, group.value()), LINK_ID, link.toString()));
  }

  private static String with(String path, String name, String id) {
    return path.replace("{" + name + "}", id);
  }

  private static String complete(String path) {
    if (path.indexOf('{') >= 0) {
      throw new IllegalArgumentException("%s names more than was given".formatted(path));
    }
    return path;
  }
}
