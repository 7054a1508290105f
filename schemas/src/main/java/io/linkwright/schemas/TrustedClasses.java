package io.linkwright.schemas;

import io.linkwright.schemas.avro.GroupEvent;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro makes objects of the classes that a schema names, and since 1.12.2 only of classes it was
 * told to trust. The generated classes hold data and do nothing, so they are trusted, process-wide,
 * in addition to what is trusted already: a serializer that is not ours needs it as well.
 */
final class TrustedClasses {
  private static final String GENERATED_PACKAGE = GroupEvent.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackageName().equals(GENERATED_PACKAGE)));
  }

  private TrustedClasses() {}

  /** Takes effect at the first call. */
  static void declare() {
    // The static initializer does it, once.
  }
}
