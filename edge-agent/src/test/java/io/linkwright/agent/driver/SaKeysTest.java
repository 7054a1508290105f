package io.linkwright.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.WornKeys;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.RenewalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a counter-mode cipher are installed once or never, and links that need others say so. */
final class SaKeysTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final SaLimits LIMITS =
      new SaLimits(Optional.of(SaLimits.MIN_BYTES), Optional.of(SaLimits.MIN_PACKETS));
  private static final TestLinks COUNTER_MODE = links(SaAlgorithm.AES_GCM_256_ESN);
  private static final TestLinks BLOCK_MODE = links(SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128);
  private static final String INBOUND = TestLinks.inboundSpi(1, 0, 1);

  @TempDir private Path directory;
  private final FakeKernel kernel = new FakeKernel();
  private int boots = 1;
  private Optional<KernelDriver> running = Optional.empty();

  private static TestLinks links(SaAlgorithm algorithm) {
    return new TestLinks(TunnelProtocol.IPSEC, GROUP, algorithm, LIMITS);
  }

  @AfterEach
  void stop() {
    running.ifPresent(KernelDriver::close);
  }

  @Test
  void keysAreInstalledAndFoundAgainAfterARestartOfTheAgent() {
    start().apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1)));
    KernelDriver again = start();

    again.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1)));

    assertThat(kernel.xfrm().everInstalled()).hasSize(2).doesNotHaveDuplicates();
    assertThat(again.reconcile()).isEmpty();
    assertThat(again.wornKeys(GROUP)).isEmpty();
  }

  @Test
  void afterABootCounterModeWaitsForNewKeys() {
    start().apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1)));
    boot();
    KernelDriver driver = start();

    assertThat(driver.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1))))
        .isEqualTo(new ApplyResult.Applied());

    assertThat(kernel.xfrm().hasAssociation(INBOUND)).isFalse();
    assertThat(driver.wornKeys(GROUP)).containsExactly(worn(1, RenewalReason.BOOT));
    assertThat(driver.reconcile()).isEmpty();

    driver.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 2)));
    driver.apply(COUNTER_MODE.switchOver(1));
    driver.apply(COUNTER_MODE.retire(1));
    assertThat(driver.wornKeys(GROUP)).isEmpty();
    assertThat(kernel.xfrm().outboundSpis()).containsExactly(TestLinks.outboundSpi(1, 0, 2));
    assertThat(kernel.xfrm().everInstalled()).hasSize(4).doesNotHaveDuplicates();
    driver.apply(COUNTER_MODE.remove(1));
    assertThat(kernel.snapshot()).isEmpty();
  }

  @Test
  void afterABootBlockModeRunsOnAndAsksUntilItHasNewKeys() {
    start().apply(BLOCK_MODE.set(BLOCK_MODE.link(1, 1)));
    boot();
    start().apply(BLOCK_MODE.set(BLOCK_MODE.link(1, 1)));
    KernelDriver driver = start();

    driver.apply(BLOCK_MODE.set(BLOCK_MODE.link(1, 1)));

    assertThat(kernel.xfrm().hasAssociation(INBOUND)).isTrue();
    assertThat(driver.wornKeys(GROUP)).containsExactly(worn(1, RenewalReason.BOOT));
    driver.apply(BLOCK_MODE.set(BLOCK_MODE.link(1, 2)));
    assertThat(driver.wornKeys(GROUP)).isEmpty();
  }

  @Test
  void whatSomebodyHasTakenAwayIsNotPutBackInCounterMode() {
    KernelDriver driver = start();
    driver.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1), COUNTER_MODE.link(2, 1)));
    kernel.byHand("xfrm state delete src 192.0.0.3 dst 192.0.0.1 proto esp spi " + INBOUND);

    assertThat(driver.reconcile()).isEmpty();

    assertThat(kernel.xfrm().hasAssociation(INBOUND)).isFalse();
    assertThat(driver.wornKeys(GROUP)).containsExactly(worn(1, RenewalReason.LOST));
    driver.apply(COUNTER_MODE.remove(1));
    driver.apply(COUNTER_MODE.remove(2));
    assertThat(kernel.snapshot()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "packets"})
  void aLinkThatHasCarriedWhatItMayIsWornUntilItsKeysChange(String counter) {
    KernelDriver driver = start();
    driver.apply(BLOCK_MODE.set(BLOCK_MODE.link(1, 1), BLOCK_MODE.link(2, 1)));
    boolean _ = driver.look();
    assertThat(driver.wornKeys(GROUP)).isEmpty();

    FakeXfrm.FakeAssociation inbound = kernel.xfrm().association(INBOUND);
    switch (counter) {
      case "bytes" -> inbound.bytes = SaLimits.MIN_BYTES;
      default -> inbound.packets = SaLimits.MIN_PACKETS;
    }
    boolean _ = driver.look();
    assertThat(driver.wornKeys(GROUP)).containsExactly(worn(1, RenewalReason.LIMIT));

    driver.apply(BLOCK_MODE.set(BLOCK_MODE.link(1, 2)));
    boolean _ = driver.look();
    assertThat(driver.wornKeys(GROUP)).isEmpty();
  }

  @Test
  void whatCannotBeWrittenDownIsNotInstalled() throws IOException {
    InstalledKeys keys = InstalledKeys.open(directory, "boot");
    KernelDriver driver = driver(keys);
    keys.close();

    assertThat(driver.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1))))
        .isInstanceOf(ApplyResult.Failed.class);

    assertThat(kernel.xfrm().everInstalled()).isEmpty();
  }

  @Test
  void whatADamagedFileMayHaveHeldIsNotInstalledAgain() throws IOException {
    KernelDriver driver = start();
    driver.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1), COUNTER_MODE.link(2, 1)));
    boot();
    Path file = directory.resolve("installed-keys.log");
    byte[] content = Files.readAllBytes(file);
    content[content.length - 5] ^= 1;
    Files.write(file, content);

    driver.close();
    InstalledKeys keys = InstalledKeys.open(directory, "boot-" + boots);
    assertThat(keys.isDamaged()).isTrue();
    keys.doubt(Drivers.installedKeysOf(COUNTER_MODE.link(1, 1)).toList());
    KernelDriver next = driver(keys);
    next.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1)));

    assertThat(kernel.xfrm().everInstalled()).doesNotHaveDuplicates();
    assertThat(next.wornKeys(GROUP)).containsExactly(worn(1, RenewalReason.LOST));
    next.apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 2)));
    assertThat(next.wornKeys(GROUP)).isEmpty();
    next.close();
    try (InstalledKeys again = InstalledKeys.open(directory, "boot-" + boots)) {
      assertThat(again.isDamaged()).isFalse();
    }
  }

  @Test
  void theFileIsItsOwnersAndHoldsNoKey() throws IOException {
    start().apply(COUNTER_MODE.set(COUNTER_MODE.link(1, 1)));
    Path file = directory.resolve("installed-keys.log");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String text = Files.readString(file);
    assertThat(kernel.xfrm().everInstalled())
        .allSatisfy(key -> assertThat(text).doesNotContain(key.substring(2, 34)));
  }

  /** Boots, restarts, refusals at any step, tables flushed by others, keys set again and anew. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whateverHappensNoCounterModeKeyIsInstalledTwice(long seed) {
    Random random = new Random(seed);
    KernelDriver driver = start();
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(12)) {
        case 0 -> {
          boot();
          driver = start();
        }
        case 1 -> driver = start();
        case 2 -> kernel.xfrm().flush();
        case 3 -> kernel.failAfter(random.nextInt(6));
        case 4 -> {
          var _ = driver.reconcile();
        }
        default -> {
          var _ = driver.apply(plan(random));
        }
      }
      kernel.heal();
    }

    List<String> installed = kernel.xfrm().everInstalled();
    assertThat(installed).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
  }

  private static TunnelPlan plan(Random random) {
    int peer = 1 + random.nextInt(2);
    return switch (random.nextInt(8)) {
      case 0 -> COUNTER_MODE.remove(peer);
      case 1 -> COUNTER_MODE.switchOver(peer);
      case 2 -> COUNTER_MODE.retire(peer);
      default -> COUNTER_MODE.set(COUNTER_MODE.link(peer, 1 + random.nextInt(6)));
    };
  }

  private static WornKeys worn(int keyVersion, RenewalReason reason) {
    return new WornKeys(TestLinks.id(1), keyVersion, reason);
  }

  private void boot() {
    kernel.boot();
    boots++;
  }

  /** The agent comes back; the kernel is as it was. */
  private KernelDriver start() {
    running.ifPresent(KernelDriver::close);
    try {
      KernelDriver driver = driver(InstalledKeys.open(directory, "boot-" + boots));
      running = Optional.of(driver);
      return driver;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private KernelDriver driver(InstalledKeys keys) {
    return Drivers.on(
        kernel,
        TunnelProtocol.IPSEC,
        DriverSettings.of(TestLinks.SELF, DriverBench.KEYS).withInstalledKeys(keys),
        Optional.empty());
  }
}
