package io.linkwright.http.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.linkwright.http.Json;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens that an OpenID provider has signed (RFC 7519, RFC 9068). Only its public keys are ever
 * used, with algorithms for which there is no secret to share: neither {@code alg: none} nor an
 * HMAC with a public key gets through. The keys are asked for when the first token comes, kept, and
 * asked for again when a token names one that is not known, but not more than {@link
 * #MIN_REFRESH_INTERVAL} allows; while the provider is away the known ones count. Thread-safe.
 */
public final class OpenIdTokens {
  /** A flood of unknown keys asks the provider no more often than twice in this time. */
  static final Duration MIN_REFRESH_INTERVAL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(OpenIdTokens.class);
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
  private static final Duration KEYS_LIVE = Duration.ofMinutes(15);
  private static final Duration KEYS_OUTLIVE_PROVIDER = Duration.ofHours(4);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int MAX_ANSWER_BYTES = 256 * 1024;
  private static final int MAX_NAME_LENGTH = 64;
  private static final int MAX_SUBJECT_LENGTH = 255;

  /** Signatures that a public key verifies: no secret is shared, and none is guessed. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OpenIdConfig config;
  private final DefaultResourceRetriever retriever =
      new DefaultResourceRetriever(
          (int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis(), MAX_ANSWER_BYTES);
  private volatile Optional<DefaultJWTProcessor<SecurityContext>> processor = Optional.empty();
  private long lastDiscoveryNanos = System.nanoTime() - MIN_REFRESH_INTERVAL.toNanos();

  /** Believes what {@code config} says; asks nobody yet. */
  public OpenIdTokens(OpenIdConfig config) {
    this.config = config;
  }

  Caller caller(String token) throws NotBelievedException {
    try {
      JWTClaimsSet claims = processor().process(token, null);
      return new Caller(actor(claims), Caller.Proof.OPENID, grants(claims));
    } catch (ParseException malformed) {
      throw new NotBelievedException("it is no JWT", malformed);
    } catch (BadJOSEException refused) {
      throw new NotBelievedException(refused.getMessage(), refused);
    } catch (JOSEException unverifiable) {
      throw new NotBelievedException(
          "it cannot be verified: %s".formatted(unverifiable.getMessage()), unverifiable);
    }
  }

  private List<Grant> grants(JWTClaimsSet claims) {
    return groups(claims)
        .flatMap(group -> config.grants().getOrDefault(group, List.of()).stream())
        .distinct()
        .toList();
  }

  private Stream<String> groups(JWTClaimsSet claims) {
    return switch (claims.getClaim(config.groupsClaim())) {
      case String one -> Stream.of(one);
      case List<?> several ->
          several.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }

  /** The subject tells people apart, within its issuer; the name beside it is for who reads. */
  private String actor(JWTClaimsSet claims) throws NotBelievedException {
    String subject = claims.getSubject();
    if (subject.length() > MAX_SUBJECT_LENGTH || !isPrintable(subject)) {
      throw new NotBelievedException("its subject is no name that can be kept");
    }
    String name =
        Optional.ofNullable(claims.getClaim("preferred_username"))
            .map(Object::toString)
            .filter(text -> text.length() <= MAX_NAME_LENGTH && isPrintable(text))
            .map(text -> text + " ")
            .orElse("");
    return "oidc:%s<%s#%s>".formatted(name, config.issuer(), subject);
  }

  private static boolean isPrintable(String text) {
    return text.codePoints()
        .allMatch(point -> point > ' ' && point < 0x7f && point != '<' && point != '>');
  }

  private DefaultJWTProcessor<SecurityContext> processor() throws NotBelievedException {
    Optional<DefaultJWTProcessor<SecurityContext>> known = processor;
    return known.isPresent() ? known.get() : discover();
  }

  private synchronized DefaultJWTProcessor<SecurityContext> discover() throws NotBelievedException {
    if (processor.isPresent()) {
      return processor.get();
    }
    if (System.nanoTime() - lastDiscoveryNanos < MIN_REFRESH_INTERVAL.toNanos()) {
      throw new NotBelievedException("issuer %s did not answer".formatted(config.issuer()));
    }
    try {
      DefaultJWTProcessor<SecurityContext> made = processor(keysUrl());
      processor = Optional.of(made);
      return made;
    } catch (IOException | IllegalArgumentException unanswered) {
      lastDiscoveryNanos = System.nanoTime();
      LOG.warn(
          "the issuer of tokens cannot be asked issuer={} reason={}",
          config.issuer(),
          unanswered.getMessage());
      throw new NotBelievedException(
          "issuer %s did not answer".formatted(config.issuer()), unanswered);
    }
  }

  private URI keysUrl() throws IOException {
    String base = config.issuer().toString().replaceAll("/$", "");
    URI about = URI.create(base + "/.well-known/openid-configuration");
    JsonNode document =
        Json.mapper().readTree(retriever.retrieveResource(about.toURL()).getContent());
    if (!document.path("issuer").asText().equals(config.issuer().toString())) {
      throw new IOException(
          "%s says that it is another issuer: %s"
              .formatted(about, document.path("issuer").asText()));
    }
    if (!document.path("jwks_uri").isTextual()) {
      throw new IOException("%s names no jwks_uri".formatted(about));
    }
    return OpenIdConfig.requireSecure(
        "jwks_uri", URI.create(document.path("jwks_uri").textValue()));
  }

  private DefaultJWTProcessor<SecurityContext> processor(URI keysUrl) throws IOException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.<SecurityContext>create(keysUrl.toURL(), retriever)
            .cache(KEYS_LIVE.toMillis(), TIMEOUT.toMillis() * 2)
            .rateLimited(MIN_REFRESH_INTERVAL.toMillis())
            .refreshAheadCache(false)
            .outageTolerant(KEYS_OUTLIVE_PROVIDER.toMillis())
            .build();
    DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
    made.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            config.audience(),
            new JWTClaimsSet.Builder().issuer(config.issuer().toString()).build(),
            Set.of("sub", "exp"));
    claims.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
    made.setJWTClaimsSetVerifier(claims);
    return made;
  }
}
