package io.linkwright.agent.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.agent.StateView;
import io.linkwright.agent.TestController;
import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.KeyChanges;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.agent.configuration.VerifiedLink;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationStoreTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId SELF = new EdgeId("denver");

  @TempDir private Path directory;

  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.IPSEC, 2, new Random(5));
  private final ConfigurationVerifier verifier =
      new ConfigurationVerifier(SELF, controller.keysOf(SELF), controller.key().publicKey());
  private final List<VerifiedLink> opened = new ArrayList<>();

  @Test
  void aRestartAfterEveryStepFindsWhatWasThere() throws Exception {
    for (Config config : history()) {
      StateView before;
      try (ConfigurationStore store = open()) {
        adopt(store, config);
        before = StateView.of(store.state());
      }
      try (ConfigurationStore store = open()) {
        assertThat(StateView.of(store.state())).isEqualTo(before);
      }
    }
  }

  @Test
  void whatIsOnDiskCanBeReadWhileTheAgentIsAtIt() throws Exception {
    assertThat(ConfigurationStore.read(directory, SELF, verifier).groups()).isEmpty();
    try (ConfigurationStore store = open()) {
      for (Config config : history()) {
        adopt(store, config);

        assertThat(StateView.of(ConfigurationStore.read(directory, SELF, verifier)))
            .isEqualTo(StateView.of(store.state()));
      }
    }
  }

  @Test
  void aRewriteKeepsAllThatCountsAndDropsHistory() throws Exception {
    StateView before;
    long grown;
    try (ConfigurationStore store = open()) {
      for (Config config : history()) {
        adopt(store, config);
      }
      for (int i = 0; i < 120; i++) {
        adopt(store, set(controller.link(SELF, new EdgeId("omaha"))));
      }
      adopt(store, remove(controller.elsewhere(), LinkId.between(SELF, new EdgeId("omaha"))));
      before = StateView.of(store.state());
      grown = Files.size(file());

      store.rewriteIfGrown();
    }

    assertThat(Files.size(file())).isLessThan(grown / 10);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (ConfigurationStore store = open()) {
      assertThat(StateView.of(store.state())).isEqualTo(before);
      adopt(store, set(controller.link(SELF, new EdgeId("omaha"))));
    }
  }

  @Test
  void keysThatAreChangingAreKeptThroughRestartsAndRewrites() throws Exception {
    LinkId omaha = LinkId.between(SELF, new EdgeId("omaha"));
    StateView before;
    try (ConfigurationStore store = open()) {
      adopt(store, join());
      adopt(store, set(link("omaha")));
      adopt(store, set(link("omaha")));
      step(store, omaha, ConfigurationStoreTest::switchedOver);
      adopt(store, set(link("omaha")));
      adopt(store, set(link("chicago")));
      adopt(store, set(link("chicago")));
      adopt(store, set(link("atlanta")));
      adopt(store, set(link("atlanta")));
      step(
          store, LinkId.between(SELF, new EdgeId("atlanta")), ConfigurationStoreTest::switchedOver);
      step(store, LinkId.between(SELF, new EdgeId("atlanta")), ConfigurationStoreTest::retired);
      before = StateView.of(store.state());
    }
    assertThat(before.groups().get(GROUP).changing()).hasSize(2);
    assertThat(before.groups().get(GROUP).changing().get(omaha).former()).hasSize(2);

    try (ConfigurationStore store = open()) {
      assertThat(StateView.of(store.state())).isEqualTo(before);
      growAndRewrite(store, Math.toIntExact(Files.size(file())));
    }
    try (ConfigurationStore store = open()) {
      assertThat(StateView.of(store.state()).groups().get(GROUP).changing())
          .containsAllEntriesOf(before.groups().get(GROUP).changing());
    }
  }

  private void growAndRewrite(ConfigurationStore store, int grown) throws IOException {
    while (Files.size(file()) < 300_000) {
      adopt(store, set(link("kansas-city")));
      adopt(store, remove(controller.elsewhere(), LinkId.between(SELF, new EdgeId("kansas-city"))));
    }
    store.rewriteIfGrown();
    assertThat(Files.size(file())).isLessThan(2L * grown);
  }

  @Test
  void aTornTailIsCutOffAndTheRestIsKept() throws Exception {
    List<StateView> states = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    try (ConfigurationStore store = open()) {
      for (Config config : history()) {
        adopt(store, config);
        states.add(StateView.of(store.state()));
        sizes.add(Files.size(file()));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    int last = states.size() - 1;
    int from = Math.toIntExact(sizes.get(last - 1));

    for (int length = from; length < whole.length; length += 97) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (ConfigurationStore store = open()) {
        assertThat(StateView.of(store.state())).as("%d", length).isEqualTo(states.get(last - 1));
      }
      assertThat(Files.size(file())).isEqualTo(from);
    }
  }

  @Test
  void aDamagedLineCostsWhatItSaidAndNothingElse() throws Exception {
    List<Config> history = history();
    write(history);
    List<Config> recorded = recorded(history);
    byte[] whole = Files.readAllBytes(file());
    List<Integer> ends = lineEnds(whole);
    Random random = new Random(3);

    for (int line = 0; line < history.size(); line++) {
      for (int times = 0; times < 4; times++) {
        int from = ends.get(line) + 1;
        byte[] altered = whole.clone();
        altered[from + random.nextInt(ends.get(line + 1) - from)] ^= 0x41;
        Files.write(file(), altered);

        try (ConfigurationStore store = open()) {
          assertThat(StateView.of(store.state()))
              .as("line %d", line)
              .isEqualTo(StateView.of(without(recorded, line)));
        }
      }
    }
  }

  @Test
  void aDamagedSnapshotCostsOneLinkAndTheServerMakesItGood() throws Exception {
    List<String> peers = List.of("omaha", "chicago", "atlanta", "boise", "seattle");
    Map<LinkId, LinkUpdate> wanted = new TreeMap<>();
    try (ConfigurationStore store = open()) {
      adopt(store, join());
      for (String peer : peers) {
        TestController.Ends link = link(peer);
        wanted.put(link.link(), link.at(SELF));
        adopt(store, set(link));
      }
      growAndRewrite(store, Math.toIntExact(Files.size(file())));
    }
    byte[] whole = Files.readAllBytes(file());
    List<Integer> ends = lineEnds(whole);

    for (int line = 0; line + 1 < ends.size(); line++) {
      byte[] altered = whole.clone();
      altered[ends.get(line) + 20] ^= 1;
      Files.write(file(), altered);
      try (ConfigurationStore store = open()) {
        Map<LinkId, Long> have = store.state().have().get(GROUP).links();
        assertThat(have).as("line %d", line).hasSizeGreaterThanOrEqualTo(peers.size() - 1);

        List<LinkUpdate> missing =
            wanted.values().stream().filter(link -> !have.containsKey(link.link())).toList();
        adopt(
            store,
            new Config(
                GROUP, "n", controller.elsewhere(), false, Optional.empty(), missing, List.of()));
        assertThat(store.state().have().get(GROUP).links().keySet()).isEqualTo(wanted.keySet());
        store.rewriteIfGrown();
      }
      try (ConfigurationStore store = open()) {
        assertThat(store.state().have().get(GROUP).links().keySet()).isEqualTo(wanted.keySet());
      }
    }
  }

  @Test
  void aConfigurationOfManyLinksLosesOneToADamagedLine() throws Exception {
    List<LinkUpdate> links =
        Stream.of("omaha", "chicago", "atlanta").map(peer -> link(peer).at(SELF)).toList();
    Config joining =
        new Config(
            GROUP,
            "n",
            controller.revision() + 1,
            true,
            Optional.of(controller.membership(SELF)),
            links,
            List.of());
    write(List.of(joining));
    byte[] altered = Files.readAllBytes(file());
    altered[altered.length - 9] ^= 1;
    Files.write(file(), altered);

    try (ConfigurationStore store = open()) {
      assertThat(store.state().have().get(GROUP).links()).hasSize(2);
    }
  }

  @Test
  void aFileOfAnotherVersionIsMovedAsideAndBegunAnew() throws Exception {
    ConfigurationLog.Opened other = ConfigurationLog.open(file());
    other.log().append(List.of("linkwright-edge-configuration 2 denver", "what nobody knows yet"));
    other.log().close();

    assertThatThrownBy(() -> ConfigurationStore.read(directory, SELF, verifier))
        .hasMessageContaining("is not the configuration of denver");
    try (ConfigurationStore store = open()) {
      assertThat(store.state().groups()).isEmpty();
      adopt(store, join());
    }
    assertThat(directory.resolve("configuration.log.other-version")).isNotEmptyFile();
    try (ConfigurationStore store = open()) {
      assertThat(store.state().groups()).hasSize(1);
    }
  }

  @Test
  void whatOthersCouldReadIsPrivateAgain() throws Exception {
    write(List.of(join()));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  private void write(List<Config> history) throws IOException {
    try (ConfigurationStore store = open()) {
      for (Config config : history) {
        adopt(store, config);
      }
    }
  }

  /** Where lines end, the header first. */
  private static List<Integer> lineEnds(byte[] content) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        ends.add(i);
      }
    }
    return ends;
  }

  /** As it goes to disk: one record for each of these. */
  private List<Config> recorded(List<Config> history) {
    List<Config> recorded = new ArrayList<>();
    EdgeState state = new EdgeState();
    for (Config config : history) {
      Plan plan = ((Verdict.Accepted) verifier.check(state, config)).plan();
      assertThat(plan.records()).hasSize(1);
      recorded.add((Config) plan.records().getFirst());
      state.apply(plan);
    }
    return recorded;
  }

  private EdgeState without(List<Config> history, int left) {
    EdgeState state = new EdgeState();
    for (int i = 0; i < history.size(); i++) {
      if (i != left
          && verifier.check(state, history.get(i)) instanceof Verdict.Accepted(var plan)) {
        state.apply(plan);
      }
    }
    return state;
  }

  @Test
  void whatIsTakenBackIsNotThereAfterARestart() throws Exception {
    StateView before;
    try (ConfigurationStore store = open()) {
      adopt(store, history().getFirst());
      before = StateView.of(store.state());
      ConfigurationStore.Mark mark = store.append(plan(store, set(link("omaha"))));

      store.undo(mark);
    }

    try (ConfigurationStore store = open()) {
      assertThat(StateView.of(store.state())).isEqualTo(before);
    }
  }

  @Test
  void noOpenedSecretIsOnDisk() throws Exception {
    try (ConfigurationStore store = open()) {
      for (Config config : history()) {
        adopt(store, config);
      }
    }
    String disk = Files.readString(file(), ISO_8859_1);

    assertThat(opened).isNotEmpty();
    for (VerifiedLink link : opened) {
      for (TunnelSecrets secrets : link.peerLink().secrets().tunnels()) {
        for (byte[] key : keysOf(secrets)) {
          assertThat(disk)
              .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(key))
              .doesNotContain(HexFormat.of().formatHex(key))
              .doesNotContain(new String(key, ISO_8859_1));
        }
      }
    }
  }

  @Test
  void oneAgentAtATimeAndOnlyTheEdgesOwn() throws Exception {
    try (ConfigurationStore store = open()) {
      adopt(store, history().getFirst());

      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another agent");
    }

    assertThatThrownBy(() -> ConfigurationStore.open(directory, new EdgeId("omaha"), verifier))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the configuration of omaha");
    open().close();
  }

  @Test
  void whatAnotherControllerSignedIsNotResumed() throws Exception {
    try (ConfigurationStore store = open()) {
      for (Config config : history()) {
        adopt(store, config);
      }
    }
    TestController other = new TestController(GROUP, TunnelProtocol.IPSEC, 2, new Random(6));
    ConfigurationVerifier repinned =
        new ConfigurationVerifier(SELF, controller.keysOf(SELF), other.key().publicKey());

    try (ConfigurationStore store = ConfigurationStore.open(directory, SELF, repinned)) {
      assertThat(store.state().groups()).isEmpty();
    }
  }

  /** Joins, gets links, loses some, leaves, comes back. */
  private List<Config> history() {
    List<Config> history = new ArrayList<>();
    history.add(join());
    for (String peer : List.of("kansas-city", "omaha", "chicago")) {
      history.add(set(link(peer)));
    }
    history.add(set(link("omaha")));
    history.add(remove(controller.elsewhere(), LinkId.between(SELF, new EdgeId("omaha"))));
    history.add(Config.groupGone(GROUP, "n", controller.elsewhere()));
    history.add(join());
    history.add(set(link("omaha")));
    history.add(set(link("atlanta")));
    history.add(remove(controller.elsewhere(), LinkId.between(SELF, new EdgeId("omaha"))));
    return history;
  }

  private TestController.Ends link(String peer) {
    return controller.link(SELF, new EdgeId(peer));
  }

  private Config join() {
    return new Config(
        GROUP,
        "n",
        controller.revision() + 1,
        true,
        Optional.of(controller.membership(SELF)),
        List.of(),
        List.of());
  }

  private static Config set(TestController.Ends link) {
    return new Config(
        GROUP, "n", link.revision(), false, Optional.empty(), List.of(link.at(SELF)), List.of());
  }

  private static Config remove(long revision, LinkId link) {
    return new Config(GROUP, "n", revision, false, Optional.empty(), List.of(), List.of(link));
  }

  private static void step(
      ConfigurationStore store, LinkId link, BiFunction<LinkId, Long, ChangeOver> step)
      throws IOException {
    long newest = store.state().have().get(GROUP).links().get(link);
    Plan plan = KeyChanges.plan(store.state(), step.apply(link, newest)).orElseThrow();
    store.append(plan);
    store.state().apply(plan);
  }

  private static ChangeOver switchedOver(LinkId link, long revision) {
    return new ChangeOver(GROUP, new TreeMap<>(Map.of(link, revision)), new TreeMap<>());
  }

  private static ChangeOver retired(LinkId link, long revision) {
    return new ChangeOver(GROUP, new TreeMap<>(), new TreeMap<>(Map.of(link, revision)));
  }

  private Plan plan(ConfigurationStore store, Config config) {
    Verdict verdict = verifier.check(store.state(), config);
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).plan();
  }

  private void adopt(ConfigurationStore store, Config config) throws IOException {
    Plan plan = plan(store, config);
    if (plan instanceof Plan.Change change) {
      opened.addAll(change.set());
    }
    store.append(plan);
    store.state().apply(plan);
  }

  private static List<byte[]> keysOf(TunnelSecrets secrets) {
    return switch (secrets) {
      case PresharedSecret preshared -> List.of(preshared.key());
      case SaSecrets associations ->
          Stream.of(associations.aToB(), associations.bToA())
              .flatMap(keys -> Stream.of(Arrays.copyOf(keys, 32), Arrays.copyOfRange(keys, 32, 64)))
              .toList();
    };
  }

  private Path file() {
    return directory.resolve("configuration.log");
  }

  private ConfigurationStore open() throws IOException {
    return ConfigurationStore.open(directory, SELF, verifier);
  }
}
