package io.linkwright.cli.network;

import io.linkwright.domain.group.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GraphML (graphml.graphdrawing.org). The file comes from anywhere, so the parser takes no
 * document type: without one there are no entities to expand and nothing outside the file to fetch.
 */
public final class GraphMlReader {
  /** A hundred times the largest network of the Internet Topology Zoo. */
  public static final int MAX_FILE_BYTES = 32 * 1024 * 1024;

  /** As many nodes as a group may have members. */
  public static final int MAX_NODES = Limits.MAX_MEMBERS;

  /** Edges as the file lists them, parallel ones included. */
  public static final int MAX_EDGES = 200_000;

  private static final XMLInputFactory FACTORY = hardenedFactory();

  private GraphMlReader() {}

  /**
   * Reads a file.
   *
   * @throws GraphMlException if it is too large, is not GraphML, or contradicts itself
   * @throws IOException if it cannot be read
   */
  public static GraphMlNetwork read(Path file) throws GraphMlException, IOException {
    long sizeBytes = Files.size(file);
    if (sizeBytes > MAX_FILE_BYTES) {
      throw new GraphMlException(
          "the file has %,d bytes; at most %,d are read".formatted(sizeBytes, MAX_FILE_BYTES));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /**
   * Reads a stream of at most {@link #MAX_FILE_BYTES}, and leaves it open.
   *
   * @throws GraphMlException if it is too large, is not GraphML, or contradicts itself
   */
  public static GraphMlNetwork read(InputStream in) throws GraphMlException {
    XMLStreamReader xml = null;
    try {
      xml = FACTORY.createXMLStreamReader(new BoundedInputStream(in, MAX_FILE_BYTES));
      return new GraphMlParse(xml).network();
    } catch (XMLStreamException malformed) {
      throw new GraphMlException(
          "line %d: %s"
              .formatted(
                  malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNumber(),
                  reason(malformed)),
          malformed);
    } finally {
      close(xml);
    }
  }

  private static String reason(XMLStreamException malformed) {
    if (malformed.getNestedException() instanceof IOException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
    String message = String.valueOf(malformed.getMessage());
    int marker = message.indexOf("Message: ");
    return marker < 0 ? message : message.substring(marker + "Message: ".length());
  }

  private static void close(XMLStreamReader xml) throws GraphMlException {
    if (xml == null) {
      return;
    }
    try {
      xml.close();
    } catch (XMLStreamException broken) {
      throw new GraphMlException("the parser did not close", broken);
    }
  }

  private static XMLInputFactory hardenedFactory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("nothing outside the file is read");
        });
    return factory;
  }
}
