package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What people write all the time to SmartBoard: rows, keys, entries of a stream and objects. */
final class BoardWrites {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static final LiveWrites EVENTS = LiveWrites.of(
                    "live-event-",
                    "/api/analytics/events",
                    LiveWrites.HASTE,
                    new LiveWrites.Place.Rows("analytics.\"Event\"", "\"id\"", "\"name\""))
            .withKey(id -> "event:" + id);

    /** Through a page of the web, which asks the gateway. */
    static final LiveWrites DATASETS = LiveWrites.of(
                    "live-dataset-",
                    "/datasets/datasets",
                    LiveWrites.LEISURE,
                    new LiveWrites.Place.Rows("datasets.\"Dataset\"", "\"id\"", "\"name\""))
            .withKey(id -> "bull:datasets:" + id)
            .withObject(id -> "uploads/" + id + ".csv");

    static final LiveWrites SAID = LiveWrites.of(
            "live-said-",
            "/api/realtime/events",
            LiveWrites.LEISURE,
            new LiveWrites.Place.Entries("realtime:events", "body"));

    static final List<LiveWrites> KINDS = List.of(EVENTS, DATASETS, SAID);

    /** A writer each. */
    static final List<LiveWrites> ALL = List.of(EVENTS, EVENTS, EVENTS, DATASETS, SAID);

    private BoardWrites() {}

    /** Whichever side's worker took a dataset from the queue: in the end each has its result, on the side that is written to. */
    static void awaitWorker(LiveStores stores, List<LiveWriters.Written> acknowledged)
            throws SQLException, InterruptedException {
        Set<String> due = stores.ids(DATASETS, acknowledged);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!results(stores).containsAll(due) && Instant.now().isBefore(deadline)) {
            Thread.sleep(Duration.ofMillis(500));
        }
        assertThat(results(stores)).containsAll(due);
    }

    private static Set<String> results(LiveStores stores) throws SQLException {
        return Set.copyOf(stores.rows("SELECT \"datasetId\" FROM analytics.\"Result\""));
    }
}
