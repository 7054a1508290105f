package io.linkwright.agent.driver.kernel;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.key.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * Something in the kernel's tables. Two objects with the same {@link #id} are the same row; if they
 * are not equal, the row has changed.
 */
public sealed interface KernelObject {

  /** What the row is found by. */
  ObjectId id();

  /** The interface it goes away with; none for what outlives its interface. */
  Optional<String> diesWith();

  /** What an interface is. */
  enum InterfaceKind {
    /** Carries WireGuard peers. */
    WIREGUARD("wireguard", 1420),
    /** Carries addresses and routes of IPsec tunnels, for policies to choose by. */
    DUMMY("dummy", 1400);

    private final String label;
    private final int mtuBytes;

    InterfaceKind(String label, int mtuBytes) {
      this.label = label;
      this.mtuBytes = mtuBytes;
    }

    String label() {
      return label;
    }

    /** What is left of 1,500 bytes when the outer headers are on, over IPv6 too. */
    int mtuBytes() {
      return mtuBytes;
    }
  }

  /**
   * An interface.
   *
   * @param alias whose it is; an interface with another alias is never touched
   */
  record Interface(String name, InterfaceKind kind, String alias, OperatorState state)
      implements KernelObject {
    @Override
    public ObjectId id() {
      return new ObjectId(ObjectId.Kind.INTERFACE, name);
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.empty();
    }
  }

  /** What the operator, or we, have made of an interface. */
  enum OperatorState {
    /** Passes packets. */
    UP,
    /** Does not. */
    DOWN
  }

  /**
   * The identity of a WireGuard interface.
   *
   * @param listenPort if peers are told where to find this edge; otherwise the kernel chooses
   */
  record Identity(String interfaceName, KeyBytes privateKey, Optional<Integer> listenPort)
      implements KernelObject {
    @Override
    public ObjectId id() {
      return new ObjectId(ObjectId.Kind.IDENTITY, interfaceName);
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.of(interfaceName);
    }
  }

  /** An address of an interface, for itself alone. */
  record Address(String interfaceName, IpAddress address) implements KernelObject {
    @Override
    public ObjectId id() {
      return new ObjectId(ObjectId.Kind.ADDRESS, address + " dev " + interfaceName);
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.of(interfaceName);
    }
  }

  /**
   * A WireGuard peer.
   *
   * @param endpoint where it is to be found first; WireGuard follows it when it moves
   */
  record Peer(
      String interfaceName,
      PublicKey key,
      Optional<KeyBytes> presharedKey,
      Optional<SocketAddress> endpoint,
      List<Cidr> allowedIps,
      int keepaliveSeconds)
      implements KernelObject {
    /** Copies the list, in an order that does not depend on who wrote it. */
    public Peer {
      allowedIps = allowedIps.stream().sorted(KernelState.BY_TEXT).toList();
    }

    /** The same peer found elsewhere. */
    Peer at(Optional<SocketAddress> place) {
      return new Peer(interfaceName, key, presharedKey, place, allowedIps, keepaliveSeconds);
    }

    /** What it is found by. */
    public static ObjectId idOf(PublicKey key, String interfaceName) {
      return new ObjectId(ObjectId.Kind.PEER, key + " dev " + interfaceName);
    }

    @Override
    public ObjectId id() {
      return idOf(key, interfaceName);
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.of(interfaceName);
    }
  }

  /** An address and a UDP port. */
  record SocketAddress(IpAddress address, int port) {
    @Override
    public String toString() {
      return switch (address.family()) {
        case IPV4 -> address + ":" + port;
        case IPV6 -> "[" + address + "]:" + port;
      };
    }
  }

  /**
   * An IPsec security association (RFC 4301) in tunnel mode with extended sequence numbers (RFC
   * 4303 section 2.2.1).
   *
   * @param spi found together with {@code destination}
   * @param requestId ours, and which tunnel index it serves
   */
  record Association(
      IpAddress source, IpAddress destination, long spi, long requestId, AssociationKeys keys)
      implements KernelObject {
    /** {@code LW} in the upper half; associations whose request id begins so are ours. */
    static final long REQUEST_ID_BASE = 0x4c57_0000L;

    private static final long FIRST_INTERFACE = 2;

    /** Of the tunnels with this index: it ends in the number of their interface. */
    public static long requestIdOf(int tunnelIndex) {
      return REQUEST_ID_BASE + FIRST_INTERFACE + tunnelIndex;
    }

    /** What the receiving edge finds it by. */
    public static ObjectId idOf(long spi, IpAddress destination) {
      return new ObjectId(
          ObjectId.Kind.ASSOCIATION, "SPI 0x%08x to %s".formatted(spi, destination));
    }

    @Override
    public ObjectId id() {
      return idOf(spi, destination);
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.empty();
    }
  }

  /** Which packets a policy is for. */
  enum Direction {
    /** For this edge. */
    IN,
    /** Through this edge. */
    FWD,
    /** Sent, by this edge or through it. */
    OUT
  }

  /**
   * What packets need to come in, or are given to go out.
   *
   * @param subnet of the peer: where packets come from, or go to
   * @param interfaceName that a packet is routed to, for {@link Direction#OUT} of IPv4
   * @param source of the outer packet
   * @param destination of the outer packet
   * @param sending the association to send with, for {@link Direction#OUT}
   */
  record Policy(
      Direction direction,
      Cidr subnet,
      Optional<String> interfaceName,
      IpAddress source,
      IpAddress destination,
      Optional<Sending> sending)
      implements KernelObject {
    @Override
    public ObjectId id() {
      return new ObjectId(
          ObjectId.Kind.POLICY,
          direction + " " + subnet + interfaceName.map(name -> " dev " + name).orElse(""));
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.empty();
    }
  }

  /** Names an association to the kernel, which wants both. */
  record Sending(long spi, long requestId) {}

  /**
   * A route into an interface.
   *
   * @param source what this edge's own packets say they come from, where the family fits
   * @param metric the lower the better
   */
  record Route(Cidr subnet, String interfaceName, Optional<IpAddress> source, int metric)
      implements KernelObject {
    @Override
    public ObjectId id() {
      return new ObjectId(
          ObjectId.Kind.ROUTE, subnet + " dev " + interfaceName + " metric " + metric);
    }

    @Override
    public Optional<String> diesWith() {
      return Optional.of(interfaceName);
    }
  }
}
