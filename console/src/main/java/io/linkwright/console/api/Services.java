package io.linkwright.console.api;

import java.net.URI;

/**
 * Where the services are; in the all-in-one run both are the same.
 *
 * @param commands of the command-service
 * @param queries of the topology-stream
 */
public record Services(URI commands, URI queries) {

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public Services {
    requireHttp("console.commandUrl", commands);
    requireHttp("console.queryUrl", queries);
  }

  private static void requireHttp(String key, URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "%s %s is no http or https address, as in http://127.0.0.1:8080".formatted(key, url));
    }
  }
}
