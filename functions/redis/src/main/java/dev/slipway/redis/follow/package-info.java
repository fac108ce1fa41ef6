/** Follows a server, and turns the direction. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.follow;
