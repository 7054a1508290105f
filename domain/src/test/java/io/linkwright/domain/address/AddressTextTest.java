package io.linkwright.domain.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "2001:DB8::1, 2001:db8::1",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::0.0.0.9, ::9"
  })
  void anAddressIsWrittenInItsCanonicalForm(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-4",
        "01.2.3.4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "16909060",
        "localhost",
        "[::1]",
        "::1%eth0",
        "::ffff:192.0.2.1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "\u0661.2.3.4"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessage("'%s' is not an IP address", text);
  }

  @Test
  void bytesAndTextNameTheSameAddress() {
    Random random = new Random(31);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        bytes[1] = 0;
        bytes[2] = 0;
        bytes[3] = 0;
      }
      IpAddress address = IpAddress.ofBytes(bytes);

      assertThat(address.bytes()).isEqualTo(bytes);
      assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.ofBytes(new byte[5]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse("255.255.255.255").plus(1));
  }

  @Test
  void addressesAreOrderedByFamilyThenUnsignedValue() {
    assertThat(IpAddress.parse("9.0.0.0")).isLessThan(IpAddress.parse("10.0.0.0"));
    assertThat(IpAddress.parse("255.0.0.0")).isLessThan(IpAddress.parse("::"));
    assertThat(IpAddress.parse("7fff::")).isLessThan(IpAddress.parse("8000::"));
    assertThat(IpAddress.parse("::7fff:0:0:0")).isLessThan(IpAddress.parse("::8000:0:0:0"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255",
    "0.0.0.0/0, 255.255.255.255",
    "192.0.2.1/32, 192.0.2.1",
    "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "fd00::/64, fd00::ffff:ffff:ffff:ffff",
    "fd00::/65, fd00::7fff:ffff:ffff:ffff",
    "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "::1/128, ::1"
  })
  void aNetworkReachesToItsLastAddress(String text, String last) {
    Cidr network = Cidr.parse(text);

    assertThat(network).hasToString(text);
    assertThat(network.last()).hasToString(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/08",
        "10.0.0.0/\u0668",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0.1/8",
        "fd00::1/64",
        "fd00::/129",
        "fd00::/99999999999"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text));
  }

  @Test
  void hostBitsAreNamedTogetherWithTheNetworkMeant() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse("10.1.2.3/16"))
        .withMessage("10.1.2.3/16 has host bits set; the network is 10.1.0.0/16");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.2.0.0/16, true",
    "10.2.0.0/16, 10.0.0.0/8, true",
    "10.0.0.0/9, 10.128.0.0/9, false",
    "0.0.0.0/0, 192.0.2.1/32, true",
    "0.0.0.0/0, ::/0, false",
    "fd00::/64, fd00:0:0:1::/64, false",
    "fd00::/63, fd00:0:0:1::/64, true"
  })
  void networksOverlapIfTheyShareAnAddress(String one, String other, boolean overlap) {
    assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(overlap);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1:51820",
        "gw.example.net:1",
        "a:65535",
        "3com.example:500",
        "[2001:db8::1]:4500"
      })
  void anEndpointIsWrittenAsItIsRead(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "host",
        "host:",
        ":80",
        "host:0",
        "host:65536",
        "host:+80",
        "host:080",
        "host:80 ",
        "ho st:80",
        "-host:80",
        "host-:80",
        "host..net:80",
        "host_name:80",
        "300.1.1.1:80",
        "1.2.3:80",
        "123:80",
        "::1:80",
        "[::1]",
        "[::1]80",
        "[::1%eth0]:80",
        "[host]:80",
        "[192.0.2.1]:80",
        "[]:80"
      })
  void whatIsNoEndpointIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
  }

  @Test
  void anIpv6EndpointIsCanonical() {
    assertThat(Endpoint.parse("[2001:DB8:0::1]:500")).isEqualTo(new Endpoint("2001:db8::1", 500));
  }

  @Test
  void anErrorQuotesNoMoreThanALine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("x".repeat(100_000)))
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
  }
}
