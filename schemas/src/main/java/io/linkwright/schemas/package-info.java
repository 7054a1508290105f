/**
 * The Kafka wire contract: topics, keys, headers, Avro schemas, and the codecs between them and the
 * records of {@code domain}.
 */
package io.linkwright.schemas;
