/** Reads what a server is and holds. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.inspect;
