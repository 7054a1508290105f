package io.linkwright.agent.driver.kernel;

import java.util.Comparator;
import java.util.Locale;

/** Names a row of the kernel's tables, in words that an operator knows from {@code ip}. */
public record ObjectId(Kind kind, String name) implements Comparable<ObjectId> {
  private static final Comparator<ObjectId> ORDER =
      Comparator.comparing(ObjectId::kind).thenComparing(ObjectId::name);

  /** In the order in which they are made; they go the other way round. */
  public enum Kind {
    /** A network interface. */
    INTERFACE,
    /** Private key and port of a WireGuard interface. */
    IDENTITY,
    /** An address of an interface. */
    ADDRESS,
    /** A WireGuard peer. */
    PEER,
    /** An IPsec association. */
    ASSOCIATION,
    /** An IPsec policy; a policy before its association would let nothing through. */
    POLICY,
    /** A route; a route before its policy would send into the void. */
    ROUTE;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What an interface is found by. */
  public static ObjectId ofInterface(String name) {
    return new ObjectId(Kind.INTERFACE, name);
  }

  @Override
  public int compareTo(ObjectId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind.label() + " " + name;
  }
}
