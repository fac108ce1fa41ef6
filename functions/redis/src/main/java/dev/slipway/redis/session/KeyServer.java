package dev.slipway.redis.session;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * A server that has keys of a database.
 *
 * @param slots that it has: all of them where it is a single one
 * @param keys how many, also of those that expired and were not removed yet
 */
public record KeyServer(Slots slots, RedisClusterAsyncCommands<byte[], byte[]> commands, long keys) {}
