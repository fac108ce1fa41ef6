/** Makes a target the same as its source where they differ, and nothing else. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.repair;
