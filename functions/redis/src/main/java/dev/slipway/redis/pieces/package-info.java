/** Copies values by the commands of their types, a piece at a time. */
@org.jspecify.annotations.NullMarked
package dev.slipway.redis.pieces;
