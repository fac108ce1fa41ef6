/** What pg_dump tells of a database, taken apart into what is made before the rows, beside them and after them. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.schema;
