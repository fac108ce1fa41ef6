package dev.slipway.worker;

import java.time.Duration;

/** A client that writes one thing after the other. Where one side refuses it, it tries the other, as an app behind a switch does. */
abstract class WritingClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(15);

    final Writes writes;
    private final String name;
    private final boolean triesBoth;
    private final Duration pace;
    private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
    private volatile boolean over;
    private volatile boolean held;
    private volatile boolean idle;
    private volatile int side;

    /** What became of a write. */
    enum Answer {
        ACKNOWLEDGED,
        REFUSED,
        NONE
    }

    /** @param triesBoth one side after the other, whatever they answer, to see whether both take writes */
    WritingClient(String name, Writes writes, boolean triesBoth, Duration pace) {
        this.name = name;
        this.writes = writes;
        this.triesBoth = triesBoth;
        this.pace = pace;
        thread.setName(name);
    }

    /** Sends it to that side. */
    abstract Answer write(int side, String write) throws InterruptedException;

    /** Closes what is open to a side that has refused. */
    abstract void disconnect();

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (int number = 0; !over; number++) {
                idle = held;
                while (held && !over) {
                    Thread.sleep(BEFORE_ANOTHER_TRY);
                }
                idle = false;
                attempt(name + "-" + number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            idle = true;
            disconnect();
        }
    }

    private void attempt(String write) throws InterruptedException {
        Answer answer = write(side, write);
        if (answer == Answer.ACKNOWLEDGED) {
            writes.acknowledge(write);
            if (triesBoth) {
                writes.sample(side);
            }
        }
        if (answer == Answer.NONE) {
            writes.leaveOpen(write);
        }
        if (triesBoth || answer == Answer.REFUSED) {
            side = side == 0 ? 1 : 0;
        }
        if (triesBoth || answer != Answer.ACKNOWLEDGED) {
            disconnect();
        }
        Thread.sleep(answer == Answer.ACKNOWLEDGED ? pace : BEFORE_ANOTHER_TRY);
    }

    /** Returns when nothing of it is under way. */
    void hold() throws InterruptedException {
        held = true;
        while (!idle) {
            Thread.sleep(1);
        }
    }

    /** For one that is held. */
    void turnTo(int writer) {
        side = writer;
        disconnect();
    }

    void release() {
        held = false;
        idle = false;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
