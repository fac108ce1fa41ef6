/** Keeps a target up with its source by Postgres' own logical replication, and makes the other side the writer. */
@NullMarked
package dev.slipway.postgres.follow;

import org.jspecify.annotations.NullMarked;
