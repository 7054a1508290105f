package io.linkwright.standalone.demo;

import io.linkwright.cli.network.GraphMlException;
import io.linkwright.cli.network.GraphMlReader;
import io.linkwright.cli.network.NetworkPlan;
import io.linkwright.domain.id.GroupId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The network that ships with the program: Abilene, of the Internet Topology Zoo. */
final class DemoNetwork {
  static final GroupId GROUP = new GroupId("abilene");
  static final int MEMBERS = 11;
  static final int LINKS = 14;

  private static final String RESOURCE = "/io/linkwright/cli/networks/Abilene.graphml";

  private DemoNetwork() {}

  static NetworkPlan plan() {
    try (InputStream file = DemoNetwork.class.getResourceAsStream(RESOURCE)) {
      return NetworkPlan.of(GraphMlReader.read(file));
    } catch (GraphMlException damaged) {
      throw new IllegalStateException(RESOURCE + " is damaged", damaged);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
    }
  }
}
