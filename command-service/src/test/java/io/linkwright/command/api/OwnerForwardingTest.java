package io.linkwright.command.api;

import static io.linkwright.command.api.ApiClient.assertProblem;
import static io.linkwright.command.api.ApiClient.assertStatus;
import static io.linkwright.command.api.RedGroup.LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.ownership.Owner;
import io.linkwright.http.InstanceForwarding;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command reaches the owner of its partition from any instance, in one hop. */
final class OwnerForwardingTest {
  private final ServiceInMemory service = new ServiceInMemory(InstantSource.system());

  @BeforeEach
  void createGroup() {
    RedGroup.createIn(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void withoutAnOwnerNothingIsDone() {
    try (ServiceInMemory.Front other = service.frontOf(_ -> new Owner.Nobody())) {
      assertProblem(other.client().send("DELETE", "/v1/groups/red", ""), 503, "NOT_READY");
    }
  }

  @Test
  void oneWhoHasNotProvedItselfIsToldNothing() {
    try (ServiceInMemory.Front other = service.frontOf(_ -> new Owner.Unproven())) {
      HttpResponse<String> refused = other.client().send("DELETE", "/v1/groups/red", "");

      assertProblem(refused, 503, "NOT_READY");
      assertThat(refused.body()).contains("has not proved itself");
    }
  }

  @Test
  void anotherOwnersAnswerIsPassedOnAndARequestIsForwardedOnce() {
    try (ServiceInMemory.Front other = service.frontOf(_ -> new Owner.Remote(service.url()))) {
      HttpResponse<String> forwarded =
          other
              .client()
              .send("POST", LINKS, "{\"edgeA\": \"b\", \"edgeB\": \"a\"}", "If-Match", "\"4\"");
      HttpResponse<String> looping =
          other
              .client()
              .send("DELETE", LINKS + "/a~b", "", InstanceForwarding.FORWARDED_BY, "somebody");

      assertStatus(forwarded, 201);
      assertThat(forwarded.headers().firstValue("ETag")).hasValue("\"5\"");
      assertProblem(looping, 503, "NOT_READY");
    }
  }
}
