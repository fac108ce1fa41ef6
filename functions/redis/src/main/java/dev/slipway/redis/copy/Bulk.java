package dev.slipway.redis.copy;

import dev.slipway.redis.keys.Dump;
import java.util.List;
import java.util.Optional;

/** What is done to many keys of one side at once. */
interface Bulk extends AutoCloseable {
    /** Where the server does not tell the size of a value: so much that few of them are taken at once. */
    long UNKNOWN = 1 << 16;

    /** How much memory each key takes; 0 where it is gone. MEMORY is absent before Redis 4, and a user may lack the right to it. */
    List<Long> sizes(List<byte[]> keys);

    List<Dump> dumps(List<byte[]> keys);

    /** What the server said of each that it refused; the payloads are in its version. */
    List<Optional<String>> restore(List<Dump> dumps);

    @Override
    void close();
}
