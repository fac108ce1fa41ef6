/** Takes a safety copy. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.snapshot;
