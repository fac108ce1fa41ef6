package dev.slipway.redis.replication;

/**
 * A place in the stream of a server's writes.
 *
 * @param history which the place is of; a server that was made anew, or lost its data, begins another one
 * @param bytes of the stream that lie before it
 */
public record StreamPosition(String history, long bytes) {
    StreamPosition after(long more) {
        return new StreamPosition(history, bytes + more);
    }
}
