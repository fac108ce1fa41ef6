/** Tables and their rows as they come over the wire: parts, formats, digests. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.table;
