/**
 * What stands on Kafka that the loop has to know? Topics are read, their values become events as those of any other source do, and where each partition was read to is
 * kept in the engine's log with the events themselves.
 */
@NullMarked
package dev.forestall.server.kafka;

import org.jspecify.annotations.NullMarked;
