/** Looks at a database, and tells what would make its copy fail or be left behind. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.inspect;
