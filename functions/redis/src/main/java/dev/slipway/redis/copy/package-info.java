/** Copies the keys. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.copy;
