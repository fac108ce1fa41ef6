/** Stops writes to a server, and lets them on again. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.fence;
