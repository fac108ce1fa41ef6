package dev.slipway.redis.session;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * A server that has keys of a database: a primary of a cluster, or the one server that there is.
 *
 * @param address host and port
 * @param slots that it has, as the cluster said when it was last asked: all of them where it is a single one
 */
public record KeyServer(String address, Slots slots, RedisClusterAsyncCommands<byte[], byte[]> commands) {}
