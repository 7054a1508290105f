package io.linkwright.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Everything that pages refer to, read once from the class path. Nothing comes from elsewhere. */
public final class Assets {
  /** Where they are served. */
  public static final String PATH = "/console/assets";

  private static final int DIGEST_BYTES = 8;
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, Asset> byName = new LinkedHashMap<>();
  private final Map<String, Asset> byPath = new LinkedHashMap<>();

  /**
   * Reads all of them.
   *
   * @throws IllegalStateException if one is not on the class path
   */
  public Assets() {
    webjar("normalize.css", "normalize.css", "normalize.css", STYLE);
    webjar("htmx.js", "htmx.org", "dist/htmx.min.js", SCRIPT);
    webjar("htmx-sse.js", "htmx-ext-sse", "sse.js", SCRIPT);
    webjar("cytoscape.js", "cytoscape", "dist/cytoscape.min.js", SCRIPT);
    own("console.css", STYLE);
    own("console.js", SCRIPT);
    own("combobox.js", SCRIPT);
    own("layout.js", SCRIPT);
    own("graph-style.js", SCRIPT);
    own("graph.js", SCRIPT);
    own("logo.svg", "image/svg+xml");
  }

  /**
   * Where a browser gets the file of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String path(String name) {
    Asset asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return asset.path();
  }

  Optional<Asset> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private void own(String name, String mediaType) {
    add(name, "/io/linkwright/console/assets/" + name, mediaType);
  }

  /** The version is in the path inside the jar, and in the properties that Maven puts beside it. */
  private void webjar(String name, String artifact, String file, String mediaType) {
    Properties properties = new Properties();
    String maven = "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(artifact);
    try (InputStream stream = open(maven)) {
      properties.load(stream);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(maven, unreadable);
    }
    String version = properties.getProperty("version");
    add(name, "/META-INF/resources/webjars/%s/%s/%s".formatted(artifact, version, file), mediaType);
  }

  private void add(String name, String resource, String mediaType) {
    try (InputStream stream = open(resource)) {
      byte[] content = stream.readAllBytes();
      Asset asset =
          new Asset("%s/%s/%s".formatted(PATH, digest(content), name), mediaType, content);
      byName.put(name, asset);
      byPath.put(asset.path(), asset);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource, unreadable);
    }
  }

  private static InputStream open(String resource) {
    InputStream stream = Assets.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IllegalStateException("%s is not on the class path".formatted(resource));
    }
    return stream;
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
