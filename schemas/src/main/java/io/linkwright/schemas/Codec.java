package io.linkwright.schemas;

import org.apache.avro.specific.SpecificRecord;

/**
 * Turns a record of {@code domain} into its Avro form and back, without loss but for what the
 * schema states.
 *
 * @param <D> the domain's record
 * @param <A> the generated class
 */
interface Codec<D, A extends SpecificRecord> {
  /** The generated class. */
  Class<A> avroType();

  /** The Avro form. */
  A toAvro(D value);

  /**
   * The domain's record.
   *
   * @throws IllegalArgumentException if a value is not what the domain allows
   */
  D toDomain(A record);
}
