package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.linkwright.httpapi.answer.CallerAnswer;
import io.linkwright.httpapi.answer.ChangeMessages;
import io.linkwright.httpapi.answer.Consequence;
import io.linkwright.httpapi.answer.DamageAnswer;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventPage;
import io.linkwright.httpapi.answer.GraphAnswer;
import io.linkwright.httpapi.answer.GroupAnswer;
import io.linkwright.httpapi.answer.GroupPage;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.LinkConfigurationAnswer;
import io.linkwright.httpapi.answer.LinkPage;
import io.linkwright.httpapi.answer.LivenessAnswer;
import io.linkwright.httpapi.answer.MemberDetailAnswer;
import io.linkwright.httpapi.answer.MemberPage;
import io.linkwright.httpapi.answer.Notice;
import io.linkwright.httpapi.answer.ProblemAnswer;
import io.linkwright.httpapi.answer.ReadinessAnswer;
import io.linkwright.httpapi.answer.TunnelAnswer;
import io.linkwright.httpapi.receipt.CommandReceipt;
import io.linkwright.httpapi.receipt.ContentsReceipt;
import io.linkwright.httpapi.receipt.EdgeReceipt;
import io.linkwright.httpapi.receipt.EnrollmentReceipt;
import io.linkwright.httpapi.receipt.GroupReceipt;
import io.linkwright.httpapi.receipt.InvitationReceipt;
import io.linkwright.httpapi.receipt.LinkBatchReceipt;
import io.linkwright.httpapi.receipt.LinkReceipt;
import io.linkwright.httpapi.receipt.MemberReceipt;
import io.linkwright.httpapi.receipt.MemberRekeyReceipt;
import io.linkwright.httpapi.receipt.RecoveryReceipt;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The schemas of {@code /openapi.json} and the records that answers are made of say the same. */
final class OpenApiRecordsTest {
  private static final Map<String, Class<?>> RECORDS =
      Map.ofEntries(
          Map.entry("Group", GroupAnswer.class),
          Map.entry("GroupPage", GroupPage.class),
          Map.entry("Damage", DamageAnswer.class),
          Map.entry("Notice", Notice.class),
          Map.entry("Member", MemberDetailAnswer.class),
          Map.entry("MemberPage", MemberPage.class),
          Map.entry("Link", LinkAnswer.class),
          Map.entry("LinkPage", LinkPage.class),
          Map.entry("TunnelStatus", TunnelAnswer.class),
          Map.entry("Graph", GraphAnswer.class),
          Map.entry("Event", EventAnswer.class),
          Map.entry("EventPage", EventPage.class),
          Map.entry("LinkConfiguration", LinkConfigurationAnswer.class),
          Map.entry("Consequence", Consequence.class),
          Map.entry("LiveMark", ChangeMessages.Live.class),
          Map.entry("StatusChange", ChangeMessages.Status.class),
          Map.entry("Problem", ProblemAnswer.class),
          Map.entry("Caller", CallerAnswer.class),
          Map.entry("Liveness", LivenessAnswer.class),
          Map.entry("Readiness", ReadinessAnswer.class),
          Map.entry("GroupAnswer", GroupReceipt.class),
          Map.entry("RevisionAnswer", RevisionReceipt.class),
          Map.entry("MemberAnswer", MemberReceipt.class),
          Map.entry("InvitedMemberAnswer", InvitationReceipt.class),
          Map.entry("EnrolledMemberAnswer", EnrollmentReceipt.class),
          Map.entry("RemovedMemberAnswer", EdgeReceipt.class),
          Map.entry("RekeyedMemberAnswer", MemberRekeyReceipt.class),
          Map.entry("RecoveryAnswer", RecoveryReceipt.class),
          Map.entry("LinkAnswer", LinkReceipt.class),
          Map.entry("LinkBatchAnswer", LinkBatchReceipt.class),
          Map.entry("ChangesAnswer", ContentsReceipt.class));

  private final JsonNode schemas = document().at("/components/schemas");

  @TestFactory
  Stream<DynamicTest> aSchemaIsItsRecord() {
    return RECORDS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> check(entry.getKey(), schemas.path(entry.getKey()), entry.getValue())));
  }

  @Test
  void everyReceiptHasASchema() {
    assertThat(RECORDS.values()).contains(CommandReceipt.class.getPermittedSubclasses());
  }

  /** A member of an object: its type, and whether it may be left out or null. */
  private record Member(Type type, boolean required, boolean nullable) {}

  private void check(String place, JsonNode schema, Type type) {
    JsonNode resolved = resolved(schema);
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        assertThat(types(resolved)).as(place).containsExactly("array");
        check(place + "[]", resolved.path("items"), arguments[0]);
      } else {
        assertThat(generic.getRawType()).as(place).isEqualTo(Map.class);
        check(place + "{}", resolved.path("additionalProperties"), arguments[1]);
      }
    } else if (type instanceof Class<?> known && known.isSealed()) {
      checkAlternatives(place, resolved, known);
    } else if (type instanceof Class<?> known && isObject(known)) {
      checkObject(place, resolved, known);
    } else if (!resolved.has("const")) {
      assertThat(types(resolved)).as(place).contains(nameOf((Class<?>) type));
    }
  }

  private void checkObject(String place, JsonNode schema, Class<?> type) {
    Map<String, Member> members = members(type);
    Set<String> documented = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(documented::add);
    if (CommandReceipt.class.isAssignableFrom(type)) {
      assertThat(documented.remove("dryRun")).as(place).isTrue();
    }
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.textValue()));

    assertThat(documented).as(place).isEqualTo(new TreeSet<>(members.keySet()));
    members.forEach(
        (name, member) -> {
          String within = place + "." + name;
          JsonNode property = schema.path("properties").path(name);
          assertThat(required.contains(name)).as(within).isEqualTo(member.required());
          assertThat(isNullable(property)).as(within).isEqualTo(member.nullable());
          check(within, withoutNull(property), member.type());
        });
  }

  private void checkAlternatives(String place, JsonNode schema, Class<?> type) {
    Class<?>[] subclasses = type.getPermittedSubclasses();
    assertThat(schema.path("oneOf")).as(place).hasSize(subclasses.length);
    for (int i = 0; i < subclasses.length; i++) {
      check(place + "/" + i, schema.path("oneOf").path(i), subclasses[i]);
    }
  }

  private static Map<String, Member> members(Class<?> type) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> raw = component.getType();
      if (annotation(component.getAccessor(), "JsonUnwrapped").isEmpty()) {
        members.put(nameOf(component), member(component, type));
      } else if (raw.isSealed()) {
        Arrays.stream(raw.getPermittedSubclasses())
            .flatMap(one -> members(one).entrySet().stream())
            .forEach(
                one ->
                    members.put(
                        one.getKey(),
                        new Member(one.getValue().type(), false, one.getValue().nullable())));
      } else {
        members.putAll(members(raw));
      }
    }
    return members;
  }

  private static Member member(RecordComponent component, Class<?> owner) {
    boolean leftOut =
        annotation(component.getAccessor(), "JsonInclude").isPresent()
            || (annotation(owner, "JsonInclude").isPresent()
                && component.getType() == Optional.class);
    if (component.getType() != Optional.class) {
      return new Member(component.getGenericType(), !leftOut, false);
    }
    Type within = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    return new Member(within, !leftOut, !leftOut);
  }

  private static String nameOf(RecordComponent component) {
    return annotation(component.getAccessor(), "JsonProperty")
        .map(OpenApiRecordsTest::valueOf)
        .orElse(component.getName());
  }

  /** By name: Jackson's annotations are for those who write records. */
  private static Optional<Annotation> annotation(AnnotatedElement of, String name) {
    return Arrays.stream(of.getAnnotations())
        .filter(each -> each.annotationType().getSimpleName().equals(name))
        .findAny();
  }

  private static String valueOf(Annotation annotation) {
    try {
      return (String) annotation.annotationType().getMethod("value").invoke(annotation);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("every such annotation has a value", impossible);
    }
  }

  /** Ids, addresses and the like are texts, though some of them are records. */
  private static boolean isObject(Class<?> type) {
    return type.isRecord() && type.getPackageName().startsWith("io.linkwright.httpapi");
  }

  private static String nameOf(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "integer" : "string";
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty()
        ? schema
        : schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static boolean isNullable(JsonNode schema) {
    return types(schema).contains("null")
        || schema.path("oneOf").valueStream().anyMatch(one -> types(one).contains("null"));
  }

  /** The schema of what is not null. */
  private static JsonNode withoutNull(JsonNode schema) {
    if (!isNullable(schema)) {
      return schema;
    }
    List<JsonNode> rest =
        schema.path("oneOf").valueStream().filter(one -> !types(one).contains("null")).toList();
    ObjectMapper mapper = new ObjectMapper();
    return switch (rest.size()) {
      case 0 -> schema;
      case 1 -> rest.getFirst();
      default -> mapper.createObjectNode().set("oneOf", mapper.createArrayNode().addAll(rest));
    };
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::textValue).toList()
        : Optional.ofNullable(type.textValue()).stream().toList();
  }

  private static JsonNode document() {
    try (InputStream in =
        OpenApiRecordsTest.class.getResourceAsStream(
            "/io/linkwright/standalone/docs/openapi.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
