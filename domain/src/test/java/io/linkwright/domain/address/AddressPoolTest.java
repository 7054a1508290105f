package io.linkwright.domain.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.Samples;
import io.linkwright.domain.id.EdgeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPoolTest {
  private static final EdgeId EDGE = Samples.edge("a");

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/32, 0",
    "10.0.0.0/31, 0",
    "10.0.0.0/30, 2",
    "10.0.0.0/24, 254",
    "0.0.0.0/0, 4294967294",
    "fd00::/128, 0",
    "fd00::/126, 3",
    "fd00::/66, 4611686018427387903",
    "fd00::/65, 9223372036854775807",
    "fd00::/8, 9223372036854775807"
  })
  void capacityLeavesOutAddressesThatAreNoHosts(String network, long capacity) {
    assertThat(AddressPool.capacity(Cidr.parse(network))).isEqualTo(capacity);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23})
  void theLowestFreeAddressesAreGivenFirst(long seed) {
    Random random = new Random(seed);
    IpAddress network = IpAddress.parse("10.0.0.0");
    AddressPool pool = AddressPool.of(new Cidr(network, 26));
    TreeSet<IpAddress> taken = new TreeSet<>();
    for (int step = 0; step < 2_000; step++) {
      int count = 1 + random.nextInt(2);
      List<IpAddress> expected =
          LongStream.rangeClosed(1, 62)
              .mapToObj(network::plus)
              .filter(address -> !taken.contains(address))
              .limit(count)
              .toList();
      assertThat(pool.free()).isEqualTo(62 - taken.size());
      if (expected.size() < count || random.nextInt(5) < 2) {
        assertThat(pool.addresses(List.of(), count).isPresent())
            .as("seed %d, step %d", seed, step)
            .isEqualTo(expected.size() == count);
        if (!taken.isEmpty()) {
          IpAddress released = new ArrayList<>(taken).get(random.nextInt(taken.size()));
          taken.remove(released);
          pool = pool.release(released);
        }
      } else {
        List<IpAddress> given = pool.addresses(List.of(), count).orElseThrow();
        assertThat(given).as("seed %d, step %d", seed, step).isEqualTo(expected);
        for (IpAddress address : given) {
          taken.add(address);
          pool = pool.take(address, EDGE);
        }
      }
    }
  }

  @Test
  void heldAddressesAreKeptWhenMoreAreNeededAndTheFirstWhenFewerAre() {
    Cidr network = Cidr.parse("10.0.0.0/29");
    IpAddress third = IpAddress.parse("10.0.0.3");
    AddressPool pool = AddressPool.of(network).take(third, EDGE);

    List<IpAddress> both = pool.addresses(List.of(third), 2).orElseThrow();

    assertThat(both).containsExactly(third, IpAddress.parse("10.0.0.1"));
    assertThat(pool.addresses(both, 1)).contains(List.of(third));
  }
}
