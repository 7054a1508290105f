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
    HttpAddress.require("console.commandUrl", commands);
    HttpAddress.require("console.queryUrl", queries);
  }
}
