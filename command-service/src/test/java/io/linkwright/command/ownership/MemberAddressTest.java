package io.linkwright.command.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemberAddressTest {
  private static final URI URL = URI.create("http://commands-1:8081");
  private final MemberAddress addresses = new MemberAddress(new byte[32]);

  @Test
  void anInstanceIsFoundWhereItSays() {
    String clientId = addresses.clientId("one", URL);

    assertThat(addresses.urlOf("one", clientId)).hasValue(URL);
    assertThat(new MemberAddress(new byte[32]).urlOf("one", clientId)).hasValue(URL);
  }

  @Test
  void whatWasCopiedChangedOrMadeWithoutTheKeyIsNoAddress() {
    String clientId = addresses.clientId("one", URL);
    String mac = clientId.substring(clientId.indexOf('#'));

    assertThat(addresses.urlOf("two", clientId)).as("of another instance").isEmpty();
    for (String forged :
        List.of(URL.toString(), URL + "#", URL + "#?", "http://mallory:8081" + mac, mac, "")) {
      assertThat(addresses.urlOf("one", forged)).as(forged).isEmpty();
    }
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new MemberAddress(other).urlOf("one", clientId)).as("of another key").isEmpty();
    assertThat(addresses).hasToString("MemberAddress[redacted]");
  }
}
