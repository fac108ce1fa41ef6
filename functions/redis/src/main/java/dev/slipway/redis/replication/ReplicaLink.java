package dev.slipway.redis.replication;

import dev.slipway.redis.session.RedisStore;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.util.NoSuchElementException;

/**
 * A connection that a server takes for its replica's: it sends all it holds, as of the moment at which it began to save that. It does
 * not say {@code REPLCONF capa eof}, so what is sent is saved to a file first; otherwise a server of version 7 waits five seconds for
 * other replicas (repl-diskless-sync-delay). The server forgets the replica with its connection.
 */
public final class ReplicaLink implements AutoCloseable {
    private static final String NAME = "slipway-replica";

    private final Wire wire;
    private final RdbStream in;

    private ReplicaLink(Wire wire, RdbStream in) {
        this.wire = wire;
        this.in = in;
    }

    /**
     * Asks the server to save what it holds; that begins at once.
     *
     * @param most bytes of a value that is held; of a larger one its key alone is told
     */
    public static ReplicaLink ask(RedisStore source, int most) {
        Wire wire = source.wire(0, NAME);
        try {
            wire.add(Wire.ascii("PSYNC"), Wire.ascii("?"), Wire.ascii("-1"));
            wire.send();
            return new ReplicaLink(wire, new RdbStream(wire.raw(), most));
        } catch (IOException e) {
            wire.close();
            throw source.broken(e);
        }
    }

    /** Returns when the server has saved it. */
    public void await() throws NoReplication {
        try {
            require(line(), "+FULLRESYNC");
            require(line(), "$");
        } catch (IOException e) {
            throw new NoReplication("the connection ended before it sent anything (" + RedisStore.reason(e) + ")", e);
        }
    }

    private static void require(String said, String wanted) throws NoReplication {
        if (!said.startsWith(wanted)) {
            throw new NoReplication("it answered '" + (said.startsWith("-") ? said.substring(1) : said) + "'");
        }
    }

    private String line() throws IOException {
        String line = in.line();
        while (line.isEmpty()) {
            line = in.line();
        }
        return line;
    }

    /** Hands on all that the server holds; what the values' taker throws is thrown. */
    public void read(Values values) throws NoReplication {
        try {
            new Rdb(in, values).read();
        } catch (IOException e) {
            throw new NoReplication("the connection broke (" + RedisStore.reason(e) + ")", e);
        } catch (UnsupportedOperationException | NoSuchElementException | AssertionError e) {
            // So the library says that it does not know a version, a module or a type.
            throw new NoReplication("what it sent could not be read (" + RedisStore.reason(e) + ")", e);
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
