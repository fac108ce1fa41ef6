package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An app's clients, who write wherever they are let, and one for each store that tries both sides all the while. */
final class ManyClients implements AutoCloseable {
    private static final int OF_POSTGRES = 6;
    private static final int OF_REDIS = 4;
    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Writes entries = new Writes();
    final Writes counted = new Writes();
    private final StoresOfAnApp stores;
    private int sampled;
    private final List<WritingClient> clients = new ArrayList<>();
    private final List<WritingClient> samplers = new ArrayList<>();

    private ManyClients(StoresOfAnApp stores) {
        this.stores = stores;
    }

    static ManyClients of(StoresOfAnApp stores) {
        ManyClients many = new ManyClients(stores);
        for (int i = 1; i <= OF_POSTGRES; i++) {
            many.clients.add(many.ofPostgres("p" + i, false));
        }
        for (int i = 1; i <= OF_REDIS; i++) {
            many.clients.add(many.ofRedis("r" + i, false));
        }
        many.clients.forEach(WritingClient::start);
        return many;
    }

    private WritingClient ofPostgres(String name, boolean triesBoth) {
        return new PostgresClient(name, entries, triesBoth, PACE, stores::postgres);
    }

    private WritingClient ofRedis(String name, boolean triesBoth) {
        return new RedisClient(
                name, counted, triesBoth, PACE, side -> stores.redis(side).port());
    }

    /** From here on one client for each store tries both sides; until then nothing keeps anybody off the second one. */
    void sampleBothSides() {
        sampled++;
        samplers.addAll(List.of(ofPostgres("both-p" + sampled, true), ofRedis("both-r" + sampled, true)));
        samplers.forEach(WritingClient::start);
    }

    void sampleNoMore() {
        samplers.forEach(WritingClient::close);
        samplers.clear();
        entries.forgetSides();
        counted.forgetSides();
    }

    /** Returns when so many more were acknowledged in each store. */
    void awaitMore(int writes) throws InterruptedException {
        int postgres = entries.count() + writes;
        int redis = counted.count() + writes;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (entries.count() < postgres || counted.count() < redis) {
            assertThat(System.nanoTime())
                    .as("writes go on: %s of %s and %s of %s", entries.count(), postgres, counted.count(), redis)
                    .isLessThan(until);
            Thread.sleep(20);
        }
    }

    void turnTo(int writer) throws InterruptedException {
        for (WritingClient client : clients) {
            client.hold();
            client.turnTo(writer);
            client.release();
        }
    }

    /** Looks at the writer while nothing is under way. */
    void assertWhole(int writer) throws InterruptedException, IOException, SQLException {
        List<WritingClient> all = new ArrayList<>(clients);
        all.addAll(samplers);
        for (WritingClient client : all) {
            client.hold();
        }
        stores.assertWhole(writer, entries, counted);
        all.forEach(WritingClient::release);
    }

    @Override
    public void close() {
        sampleNoMore();
        clients.forEach(WritingClient::close);
    }
}
