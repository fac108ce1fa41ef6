/** Reads a source as its replica does. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.replication;
