/**
 * Stream tables in Kafka: a broker, Kafka Connect and Debezium's connector at work, as a page of
 * the documentation says. A consumer of the topic has, at each marker, what the stream table had.
 */
@NullMarked
package dev.freshet.app.kafka;

import org.jspecify.annotations.NullMarked;
