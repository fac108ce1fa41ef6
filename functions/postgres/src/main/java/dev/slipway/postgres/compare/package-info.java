/** Compares two databases, and names what differs. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.compare;
