package io.linkwright.schemas;

import org.apache.avro.Schema;

/**
 * Ids of schemas, and schemas of ids. An id is a positive number; ids of one registry need not be
 * contiguous. Both answers never change once given, so callers may keep them for ever.
 *
 * <p>Thread-safe.
 */
public interface SchemaRegistry {
  /**
   * The id under which the subject's records of this schema are written. A registry that can be
   * written to registers the schema if it is new.
   *
   * @param subject the topic's name followed by {@code -value}
   * @throws SchemaRegistryException if the registry has no answer or refuses the schema
   */
  int idOf(String subject, Schema schema);

  /**
   * The writer's schema of records that carry the id.
   *
   * @throws SchemaRegistryException if the registry has no answer
   * @throws UnknownSchemaException if it does not know the id
   */
  Schema schema(int id);
}
