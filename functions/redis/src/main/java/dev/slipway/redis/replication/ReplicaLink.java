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
    /** So large a value is held where it can not be read again later, because changes to it follow. */
    public static final int WHOLE =
            Math.toIntExact(Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 8));

    private static final String NAME = "slipway-replica";

    private final Wire wire;
    private final RdbStream in;
    private StreamPosition position;

    private ReplicaLink(Wire wire, RdbStream in, StreamPosition position) {
        this.wire = wire;
        this.in = in;
        this.position = position;
    }

    /**
     * Asks the server to save what it holds; that begins at once.
     *
     * @param most bytes of a value that is held; of a larger one its key alone is told
     */
    public static ReplicaLink ask(RedisStore source, int most) {
        return ask(source, new StreamPosition("?", -2), most);
    }

    /**
     * Asks only for what came after a place in its stream.
     *
     * @throws NoReplication if the server does not have all of that any more
     */
    public static ReplicaLink after(RedisStore source, StreamPosition position) throws NoReplication {
        ReplicaLink link = ask(source, position, 0);
        try {
            String said = link.line();
            require(said, "+CONTINUE");
            // From version 4 on it names its history, which is another one where it was a replica itself before.
            String named = said.substring("+CONTINUE".length()).strip();
            link.position = named.isEmpty() ? position : new StreamPosition(named, position.bytes());
            return link;
        } catch (IOException e) {
            link.close();
            throw new NoReplication("the connection ended before it sent anything (" + RedisStore.reason(e) + ")", e);
        } catch (NoReplication e) {
            link.close();
            throw e;
        }
    }

    private static ReplicaLink ask(RedisStore source, StreamPosition position, int most) {
        Wire wire = source.wire(0, NAME);
        try {
            // The first byte that is wanted, counted from one.
            wire.add(
                    Wire.ascii("PSYNC"),
                    Wire.ascii(position.history()),
                    Wire.ascii(Long.toString(position.bytes() + 1)));
            wire.send();
            return new ReplicaLink(wire, new RdbStream(wire.raw(), most), position);
        } catch (IOException e) {
            wire.close();
            throw source.broken(e);
        }
    }

    /** Returns when the server has saved it. */
    public void await() throws NoReplication {
        try {
            String said = line();
            require(said, "+FULLRESYNC");
            String[] words = said.split(" ", -1);
            position = new StreamPosition(words[1], Long.parseLong(words[2]));
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

    /** Where in its stream the server was when it saved, or what was asked for. */
    public StreamPosition position() {
        return position;
    }

    /** What was written since; to be asked for once, when all that the server held has been read. */
    public ChangeReader changes() {
        return new ChangeReader(in, position);
    }

    /** Without hearing of it, the server takes the replica for lost after a minute (repl-timeout). */
    public void acknowledge(StreamPosition done) throws IOException {
        wire.add(Wire.ascii("REPLCONF"), Wire.ascii("ACK"), Wire.ascii(Long.toString(done.bytes())));
        wire.send();
    }

    @Override
    public void close() {
        wire.close();
    }
}
