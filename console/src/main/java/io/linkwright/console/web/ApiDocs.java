package io.linkwright.console.web;

import java.net.URI;

/**
 * Where people read about the API that the console speaks. Where they are on the console's own
 * server, the addresses are paths: nobody knows under which name browsers reach it.
 *
 * @param pages to be read in a browser
 * @param document OpenAPI
 */
public record ApiDocs(String pages, String document) {
  private static final String PAGES = "/docs";
  private static final String DOCUMENT = "/openapi.json";

  /** On the server that the console itself is on. */
  public static ApiDocs besideConsole() {
    return new ApiDocs(PAGES, DOCUMENT);
  }

  /** On another server. */
  public static ApiDocs at(URI server) {
    return new ApiDocs(server.resolve(PAGES).toString(), server.resolve(DOCUMENT).toString());
  }
}
