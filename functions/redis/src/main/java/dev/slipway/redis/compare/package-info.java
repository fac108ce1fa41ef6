/** Compares the keys of both sides. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.compare;
