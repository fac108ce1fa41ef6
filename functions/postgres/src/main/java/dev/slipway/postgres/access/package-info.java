/** Owners, roles, grants and policies, and what of them a target can take. */
@org.jspecify.annotations.NullMarked
package dev.slipway.postgres.access;
