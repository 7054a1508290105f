package io.linkwright.domain.link;

import io.linkwright.domain.text.Labels;

/** What encrypts a group's tunnels. */
public enum TunnelProtocol {
  /** WireGuard with a preshared key for each tunnel. */
  WIREGUARD("wireguard"),
  /** IPsec ESP (RFC 4303) in tunnel mode without IKE: SPI and keys for each direction. */
  IPSEC("ipsec");

  private final String label;

  TunnelProtocol(String label) {
    this.label = label;
  }

  /** The name in the API: {@code wireguard} or {@code ipsec}. */
  public String label() {
    return label;
  }

  /**
   * Reads the API's name.
   *
   * @throws IllegalArgumentException for any other text; the message lists the names
   */
  public static TunnelProtocol parse(String text) {
    return Labels.find(values(), TunnelProtocol::label, text);
  }
}
