/** Servers that are open, and what they refuse. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.session;
