/** The event log on Kafka: one transactional producer for each claimed partition. */
package io.linkwright.command.kafka;
