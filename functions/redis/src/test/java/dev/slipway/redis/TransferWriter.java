package dev.slipway.redis;

import static dev.slipway.redis.Ask.ask;
import static dev.slipway.redis.Ask.command;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.redis.session.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Transfers money between two accounts on and on, with a counter and a ledger. */
final class TransferWriter implements AutoCloseable {
    final AtomicLong acknowledged = new AtomicLong();

    /** Those that were cut off while they were done. */
    final AtomicLong unknown = new AtomicLong();

    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    volatile StoreUrl url;

    private TransferWriter(StoreUrl url) {
        this.url = url;
    }

    static TransferWriter start(StoreUrl url) {
        TransferWriter writer = new TransferWriter(url);
        writer.thread.start();
        return writer;
    }

    private void run() {
        while (!over.get()) {
            StoreUrl here = url;
            try (Wire wire = Wire.open(here, 0, Duration.ofSeconds(5))) {
                boolean taken = true;
                while (taken && !over.get() && here.equals(url)) {
                    taken = transfer(wire);
                }
            } catch (IOException | SlipwayException e) {
                unknown.incrementAndGet();
            }
        }
    }

    private boolean transfer(Wire wire) throws IOException {
        command(wire, "MULTI");
        command(wire, "INCR", "counter");
        command(wire, "RPUSH", "ledger", "5");
        command(wire, "HINCRBY", "account", "a", "-5");
        command(wire, "HINCRBY", "account", "b", "5");
        String answers = command(wire, "EXEC");
        // Whose rights were taken between MULTI and EXEC is told so for each command.
        boolean taken = answers.startsWith("[") && !answers.contains("NOPERM");
        if (taken) {
            acknowledged.incrementAndGet();
        }
        return taken;
    }

    /** Every acknowledged transfer is there, and none twice. */
    void assertSum(StoreUrl at) {
        long counter = Long.parseLong(ask(at, "GET", "counter"));
        assertThat(counter)
                .as("every acknowledged transfer, and none twice")
                .isBetween(acknowledged.get(), acknowledged.get() + unknown.get());
        assertThat(ask(at, "LLEN", "ledger")).isEqualTo(Long.toString(counter));
        assertThat(ask(at, "HGET", "account", "a")).isEqualTo(Long.toString(-5 * counter));
        assertThat(ask(at, "HGET", "account", "b")).isEqualTo(Long.toString(5 * counter));
    }

    void awaitMore(int transfers) {
        long until = acknowledged.get() + transfers;
        Await.until(() -> acknowledged.get() >= until);
    }

    void end() {
        over.set(true);
        Await.until(() -> !thread.isAlive());
    }

    @Override
    public void close() {
        end();
    }
}
