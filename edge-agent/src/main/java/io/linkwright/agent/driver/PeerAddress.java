package io.linkwright.agent.driver;

import io.linkwright.domain.address.IpAddress;
import java.util.Optional;

/** Where one end of a link is found underneath, as far as this edge knows. */
sealed interface PeerAddress {

  /** To send to, and to install with; empty if there is none. */
  Optional<IpAddress> address();

  /** What an operator should know; empty if all is well. */
  Optional<String> trouble();

  /** No endpoint was given, or its address does not matter here. */
  record Unsaid() implements PeerAddress {
    @Override
    public Optional<IpAddress> address() {
      return Optional.empty();
    }

    @Override
    public Optional<String> trouble() {
      return Optional.empty();
    }
  }

  /** Known. */
  record At(String host, IpAddress known) implements PeerAddress {
    @Override
    public Optional<IpAddress> address() {
      return Optional.of(known);
    }

    @Override
    public Optional<String> trouble() {
      return Optional.empty();
    }
  }

  /** A name that has no address until now. */
  record Unresolved(String host) implements PeerAddress {
    @Override
    public Optional<IpAddress> address() {
      return Optional.empty();
    }

    @Override
    public Optional<String> trouble() {
      return Optional.of(
          "endpoint %s does not resolve; correct the member's endpoint or this edge's name service"
              .formatted(host));
    }
  }

  /** A name that has another address now, which the keys of this link cannot follow to. */
  record Moved(String host, IpAddress known, IpAddress now) implements PeerAddress {
    @Override
    public Optional<IpAddress> address() {
      return Optional.of(known);
    }

    @Override
    public Optional<String> trouble() {
      return Optional.of(
          "endpoint %s has moved from %s to %s; rekey the link to follow"
              .formatted(host, known, now));
    }
  }
}
