/** Keys, their values as a server serialises them, and when they go. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.keys;
