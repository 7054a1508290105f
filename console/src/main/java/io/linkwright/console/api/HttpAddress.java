package io.linkwright.console.api;

import java.net.URI;

/** The form of an address that is asked, or that a page leads to. */
public final class HttpAddress {
  private HttpAddress() {}

  /**
   * Checks an address.
   *
   * @param key what it was configured by
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public static URI require(String key, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw refused(key, url.toString());
    }
    return url;
  }

  /** Why a value is not taken. */
  public static IllegalArgumentException refused(String key, String value) {
    return new IllegalArgumentException(
        "%s %s is no http or https address, as in http://127.0.0.1:8080".formatted(key, value));
  }
}
