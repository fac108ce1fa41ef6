/** Copies the rows of a database by several workers at once. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.shards;
