package dev.slipway.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts, and notes in the same transaction what it counted. */
final class RedisClient extends WritingClient {
    static final String COUNTER = "counter";
    static final String NOTED = "noted";

    private final IntUnaryOperator ports;
    private @Nullable RedisTalk talk;

    /** @param ports of both sides */
    RedisClient(String name, Writes writes, boolean triesBoth, Duration pace, IntUnaryOperator ports) {
        super(name, writes, triesBoth, pace);
        this.ports = ports;
    }

    @Override
    Answer write(int side, String write) {
        RedisTalk open = talk;
        if (open == null) {
            try {
                open = new RedisTalk(ports.applyAsInt(side), PATIENCE);
                talk = open;
            } catch (IOException e) {
                return Answer.REFUSED;
            }
        }
        try {
            open.send("MULTI\r\nINCR " + COUNTER + "\r\nRPUSH " + NOTED + " " + write + "\r\nEXEC");
            for (int queued = 0; queued < 3; queued++) {
                open.answer();
            }
            return open.answer().startsWith("-") ? Answer.REFUSED : Answer.ACKNOWLEDGED;
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    @Override
    void disconnect() {
        RedisTalk open = talk;
        talk = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Its server has gone.
                return;
            }
        }
    }
}
