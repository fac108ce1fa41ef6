package dev.slipway.postgres.fence;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StaleAttempt;
import dev.slipway.postgres.session.PostgresSession;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a fence remembers in the database itself.
 *
 * @param nonce stays the same for as long as no write was possible, whoever holds the fence
 * @param earlierSetting what the database said of default_transaction_read_only before
 * @param lifted writes are possible again; what is left of the fence does nothing
 */
public record FenceState(FenceToken token, String nonce, Optional<String> earlierSetting, boolean lifted) {
    private static final long LOCK = 0x51195a7L;

    public static Optional<FenceState> read(PostgresSession session) throws SQLException {
        boolean there = session.only("SELECT to_regclass('slipway.fence') IS NOT NULL", row -> row.getBoolean(1));
        return there
                ? session.first(
                        "SELECT token, nonce, earlier_setting, lifted FROM slipway.fence",
                        row -> new FenceState(
                                FenceToken.parse(row.getString(1)),
                                row.getString(2),
                                Optional.ofNullable(row.getString(3)),
                                row.getBoolean(4)))
                : Optional.empty();
    }

    public static void write(PostgresSession session, FenceState state) throws SQLException {
        session.update("""
                INSERT INTO slipway.fence (token, nonce, earlier_setting, lifted) VALUES (?, ?, ?, ?)
                ON CONFLICT (only_one) DO UPDATE SET token = excluded.token, nonce = excluded.nonce,
                    earlier_setting = excluded.earlier_setting, lifted = excluded.lifted
                """, state.token.toString(), state.nonce, state.earlierSetting.orElse(null), state.lifted);
    }

    /** Two that raise or lift at once do so one after the other. */
    static void lockOut(PostgresSession session) throws SQLException {
        session.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }

    /** @throws StaleAttempt unless the holder of the token may lift this fence */
    void demand(FenceToken holder, StoreUrl store) {
        if (!holder.mayLift(token)) {
            throw new StaleAttempt(
                    "change the fence of " + store + " for " + holder,
                    "it belongs to " + token,
                    "leave it to that attempt, or roll that one back");
        }
    }
}
