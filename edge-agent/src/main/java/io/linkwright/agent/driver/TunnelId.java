package io.linkwright.agent.driver;

import io.linkwright.agent.driver.RunningLinks.Place;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;

/** A tunnel of this edge. */
record TunnelId(GroupId group, LinkId link, int index) {
  Place place() {
    return new Place(group, link);
  }

  @Override
  public String toString() {
    return "group=%s link=%s tunnel=%d".formatted(group, link, index);
  }
}
