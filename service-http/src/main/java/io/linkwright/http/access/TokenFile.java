package io.linkwright.http.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.http.Json;
import io.linkwright.http.JsonBody;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that an installation has made, in a file that holds their hashes only. It is read
 * again when it has changed; if what it says then cannot be understood, what it said before stays
 * in force, and the log says so. Thread-safe.
 */
public final class TokenFile {
  /** Tokens of one file. */
  public static final int MAX_TOKENS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 8L << 20;

  private final Path file;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile Read read;

  /** What tells one version of the file from another. */
  private record Version(FileTime modified, long bytes, Object identity) {}

  private record Read(Version version, Map<String, TokenEntry> byHash, long lookedNanos) {}

  private TokenFile(Path file, InstantSource clock, LongSupplier nanoTime) throws IOException {
    this.file = file;
    this.clock = clock;
    this.nanoTime = nanoTime;
    Version version = version();
    this.read = new Read(version, byHash(entries(file)), nanoTime.getAsLong());
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if that cannot be done, naming the place
   */
  public static TokenFile open(Path file) {
    return open(file, InstantSource.system(), System::nanoTime);
  }

  static TokenFile open(Path file, InstantSource clock, LongSupplier nanoTime) {
    try {
      return new TokenFile(file, clock, nanoTime);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "%s cannot be read: make it with 'linkwright token create'".formatted(file), unreadable);
    }
  }

  /**
   * What a file says.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no file of tokens, naming the place
   */
  public static List<TokenEntry> entries(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IllegalArgumentException("%s is no file of tokens: too long".formatted(file));
    }
    try {
      JsonBody body = JsonBody.parse(Files.readAllBytes(file));
      List<TokenEntry> entries = body.objects("tokens", MAX_TOKENS, TokenFile::entry);
      body.done();
      byHash(entries);
      return entries;
    } catch (ProblemException refused) {
      Problem problem = refused.problem();
      throw new IllegalArgumentException(
          "%s: %s%s"
              .formatted(
                  file, problem.field().map(place -> place + ": ").orElse(""), problem.detail()),
          refused);
    }
  }

  /** The text of a file that says this. */
  public static byte[] text(List<TokenEntry> entries) {
    ObjectNode root = Json.mapper().createObjectNode();
    ArrayNode tokens = root.putArray("tokens");
    for (TokenEntry entry : entries) {
      ObjectNode token = tokens.addObject().put("name", entry.name());
      token.put("role", entry.grant().role().label());
      if (!entry.grant().groups().isEmpty()) {
        ArrayNode groups = token.putArray("groups");
        entry.grant().groups().forEach(groups::add);
      }
      token.put("sha256", entry.sha256());
      entry.expiresAt().ifPresent(end -> token.put("expiresAt", end.toString()));
    }
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  Caller caller(String token) throws NotBelievedException {
    TokenEntry entry = current().get(StaticToken.hash(token));
    if (entry == null) {
      throw new NotBelievedException("%s does not have it".formatted(file));
    }
    if (entry.isExpired(clock.instant())) {
      throw new NotBelievedException(
          "token %s has expired at %s".formatted(entry.name(), entry.expiresAt().orElseThrow()));
    }
    return new Caller("token:" + entry.name(), Caller.Proof.TOKEN, List.of(entry.grant()));
  }

  private Map<String, TokenEntry> current() {
    Read known = read;
    long nowNanos = nanoTime.getAsLong();
    if (nowNanos - known.lookedNanos() < LOOK_EVERY.toNanos()) {
      return known.byHash();
    }
    return look(nowNanos).byHash();
  }

  private synchronized Read look(long nowNanos) {
    Read known = read;
    Read next = new Read(known.version(), known.byHash(), nowNanos);
    try {
      Version version = version();
      if (!version.equals(known.version())) {
        next = new Read(version, known.byHash(), nowNanos);
        next = new Read(version, byHash(entries(file)), nowNanos);
        LOG.info("tokens read file={} tokens={}", file, next.byHash().size());
      }
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.error(
          "tokens cannot be read, those known before stay in force file={} reason={}",
          file,
          unusable.getMessage());
    }
    read = next;
    return next;
  }

  private Version version() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new Version(
        now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey()).orElse(""));
  }

  private static TokenEntry entry(JsonBody body) {
    String name = body.string("name");
    Role role = body.parsed("role", Role::parse);
    List<String> groups = body.strings("groups", MAX_TOKENS, group -> group);
    String sha256 = body.string("sha256");
    Optional<Instant> expiresAt = body.optional("expiresAt", TokenFile::instant);
    try {
      return new TokenEntry(name, new Grant(role, groups), sha256, expiresAt);
    } catch (IllegalArgumentException refused) {
      throw body.refuse("name", "%s: %s".formatted(name, refused.getMessage()));
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("must be a time as in 2027-01-31T00:00:00Z", malformed);
    }
  }

  private static Map<String, TokenEntry> byHash(List<TokenEntry> entries) {
    Map<String, TokenEntry> byHash = new HashMap<>();
    Map<String, TokenEntry> byName = new HashMap<>();
    for (TokenEntry entry : entries) {
      if (byHash.put(entry.sha256(), entry) != null || byName.put(entry.name(), entry) != null) {
        throw new IllegalArgumentException("token '%s' is there twice".formatted(entry.name()));
      }
    }
    return Map.copyOf(byHash);
  }
}
