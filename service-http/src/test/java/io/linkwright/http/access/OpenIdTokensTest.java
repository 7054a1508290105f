package io.linkwright.http.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a provider that answers over real HTTP, good ones and those of others. */
final class OpenIdTokensTest {
  private static final String AUDIENCE = "linkwright";

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<JWKSet> published = new AtomicReference<>();
  private final AtomicReference<String> keysUrl = new AtomicReference<>();
  private HttpServer provider;
  private String issuer;
  private RSAKey key;
  private OpenIdTokens tokens;

  @BeforeEach
  void startProvider() throws Exception {
    key = newKey("one");
    published.set(new JWKSet(key.toPublicJWK()));
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://localhost:" + provider.getAddress().getPort();
    answer(
        "/.well-known/openid-configuration",
        () -> "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}".formatted(issuer, keysUrl.get()));
    keysUrl.set(issuer + "/keys");
    answer(
        "/keys",
        () -> {
          asked.incrementAndGet();
          return published.get().toString();
        });
    provider.start();
    tokens =
        new OpenIdTokens(
            new OpenIdConfig(
                URI.create(issuer),
                AUDIENCE,
                "groups",
                Map.of(
                    "netops", List.of(new Grant(Role.OPERATOR, List.of("west-*"))),
                    "security", List.of(Grant.of(Role.AUDITOR)))));
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  @Test
  void groupsOfATokenAreRolesHere() throws Exception {
    Caller caller =
        tokens.caller(
            signed(
                claims()
                    .claim("groups", List.of("netops", "cooks"))
                    .claim("preferred_username", "alice")));

    assertThat(caller.actor()).isEqualTo("oidc:alice <%s#4711>".formatted(issuer));
    assertThat(caller.mayChange("west-1")).isTrue();
    assertThat(caller.mayChange("east-1")).isFalse();
  }

  @Test
  void whoIsInNoGroupMayNothing() throws Exception {
    Caller caller = tokens.caller(signed(claims()));

    assertThat(caller.may(Access.READ)).isFalse();
    assertThat(caller.isProved()).isTrue();
  }

  @Test
  void aProviderThatNamesKeysInClearIsNotBelieved() {
    keysUrl.set("http://keys.example/keys");

    assertThatThrownBy(() -> tokens.caller(signed(claims())))
        .isInstanceOf(NotBelievedException.class)
        .hasMessageContaining("did not answer");
  }

  @Test
  void clocksMayDifferByAMinute() throws Exception {
    assertThat(tokens.caller(signed(claims().expirationTime(in(Duration.ofSeconds(-30))))))
        .isNotNull();
    assertThat(tokens.caller(signed(claims().notBeforeTime(in(Duration.ofSeconds(30))))))
        .isNotNull();
  }

  @Test
  void expiredNotYetValidAndMeantForOthersIsRefused() {
    refused("Expired", claims().expirationTime(in(Duration.ofMinutes(-2))));
    refused("before use time", claims().notBeforeTime(in(Duration.ofMinutes(2))));
    refused("aud claim", claims().audience("another"));
    refused("iss", claims().issuer("http://localhost:1"));
    refused("exp", claims().expirationTime(null));
    refused("sub", claims().subject(null));
  }

  @Test
  void aTokenThatNobodySignedIsRefused() {
    assertThatThrownBy(() -> tokens.caller(new PlainJWT(claims().build()).serialize()))
        .isInstanceOf(NotBelievedException.class);
  }

  @Test
  void anHmacWithThePublicKeyIsRefused() throws Exception {
    byte[] publicKey = key.toRSAPublicKey().getEncoded();
    String token =
        sign(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
            new MACSigner(publicKey));

    assertThatThrownBy(() -> tokens.caller(token)).isInstanceOf(NotBelievedException.class);
  }

  @Test
  void aForeignKeyOfTheSameNameIsRefused() throws Exception {
    RSAKey foreign = newKey("one");

    assertThatThrownBy(() -> tokens.caller(signed(claims(), foreign)))
        .isInstanceOf(NotBelievedException.class);
  }

  @Test
  void aFloodOfUnknownKeysAsksTheProviderSeldom() throws Exception {
    tokens.caller(signed(claims()));
    for (int attempt = 0; attempt < 50; attempt++) {
      RSAKey unknown = new RSAKey.Builder(key).keyID("unknown-" + attempt).build();
      assertThatThrownBy(() -> tokens.caller(signed(claims(), unknown)))
          .isInstanceOf(NotBelievedException.class);
    }

    assertThat(asked).hasValueLessThanOrEqualTo(4);
    assertThat(tokens.caller(signed(claims())).actor()).contains("4711");
  }

  @Test
  void aNewKeyOfTheProviderCountsAtOnce() throws Exception {
    tokens.caller(signed(claims()));
    RSAKey next = newKey("two");
    published.set(new JWKSet(List.of(key.toPublicJWK(), next.toPublicJWK())));

    assertThat(tokens.caller(signed(claims(), next)).actor()).contains("4711");
  }

  @Test
  void whileTheProviderIsAwayKnownKeysCount() throws Exception {
    tokens.caller(signed(claims()));
    provider.stop(0);

    assertThat(tokens.caller(signed(claims())).actor()).contains("4711");
  }

  @Test
  void garbageIsRefused() {
    for (String garbage :
        List.of("", "a", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "x".repeat(9_000))) {
      assertThatThrownBy(() -> tokens.caller(garbage)).isInstanceOf(NotBelievedException.class);
    }
  }

  private void refused(String reason, JWTClaimsSet.Builder claims) {
    assertThatThrownBy(() -> tokens.caller(signed(claims)))
        .isInstanceOf(NotBelievedException.class)
        .hasMessageContaining(reason);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(AUDIENCE)
        .subject("4711")
        .expirationTime(in(Duration.ofMinutes(5)));
  }

  private static Date in(Duration fromNow) {
    return Date.from(Instant.now().plus(fromNow));
  }

  private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, key);
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey signing) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(),
            claims.build());
    token.sign(new RSASSASigner(signing));
    return token.serialize();
  }

  private String sign(JWSHeader header, JWSSigner signer) throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims().build());
    token.sign(signer);
    return token.serialize();
  }

  private static RSAKey newKey(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  private void answer(String path, Supplier<String> body) {
    provider.createContext(
        path,
        exchange -> {
          byte[] bytes = body.get().getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          try {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (IOException gone) {
            throw new AssertionError(gone);
          } finally {
            exchange.close();
          }
        });
  }
}
