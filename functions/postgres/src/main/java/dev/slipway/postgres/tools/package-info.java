/** The programs of Postgres that are run beside the engine. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.tools;
