package dev.slipway.postgres.follow;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.postgres.compare.ChangedRows;
import dev.slipway.postgres.compare.EarlierDigests;
import dev.slipway.postgres.compare.PostgresCompare;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A comparison of which most is done while the app still writes: behind the fence only what either log has told since is read. */
final class Beforehand implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final ChangeStream stream;
    private final Witness here;
    private final Optional<Ground> ground;
    private long heard = System.nanoTime();

    private Beforehand(ChangeStream stream, Witness here, Optional<Ground> ground) {
        this.stream = stream;
        this.here = here;
        this.ground = ground;
    }

    /** What was read, and what the logs have told meanwhile. */
    private record Ground(Witness there, EarlierDigests earlier, ChangedRows changed) {
        ChangedRows hear(Witness here, Optional<String> end) throws SQLException {
            changed.addAll(here.take(end));
            changed.addAll(there.take(Optional.empty()));
            return changed;
        }
    }

    /**
     * Reads both sides, unless a log's texts are not in UTF-8: then all is read behind the fence.
     *
     * @param here has been posted before
     */
    static Beforehand read(
            ChangeStream stream, PostgresSession from, PostgresSession to, Witness here, Progress progress)
            throws SQLException {
        if (!isUtf8(from) || !isUtf8(to)) {
            return new Beforehand(stream, here, Optional.empty());
        }
        // The way back is to have one anyway.
        Publication.make(to, stream.back());
        Witness there = Witness.post(to, stream.back());
        EarlierDigests earlier = EarlierDigests.read(stream.from(), stream.to(), progress);
        Ground ground = new Ground(there, earlier, new ChangedRows());
        ground.hear(here, Optional.empty());
        return new Beforehand(stream, here, Optional.of(ground));
    }

    private static boolean isUtf8(PostgresSession session) throws SQLException {
        return session.only("SHOW server_encoding", row -> row.getString(1)).equals("UTF8");
    }

    /** Hears now and then what the logs tell, so that little of them is left to be decoded: to be called while others are waited for. */
    void keepNear() throws SQLException {
        if (ground.isPresent() && System.nanoTime() - heard > BETWEEN.toNanos()) {
            ground.get().hear(here, Optional.empty());
            heard = System.nanoTime();
        }
    }

    /** @param end of what the source was told before its fence stood */
    Comparison compare(String end, Progress progress) throws SQLException {
        if (ground.isEmpty()) {
            here.take(Optional.of(end));
            return new PostgresCompare().run(stream.from(), stream.to(), Optional.empty(), progress);
        }
        Ground known = ground.get();
        return new PostgresCompare()
                .run(stream.from(), stream.to(), known.earlier, () -> known.hear(here, Optional.of(end)), progress);
    }

    @Override
    public void close() {
        ground.ifPresent(known -> known.earlier.close());
    }
}
