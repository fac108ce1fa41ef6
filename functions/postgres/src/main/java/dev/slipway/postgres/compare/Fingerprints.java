package dev.slipway.postgres.compare;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowFormat;
import dev.slipway.postgres.table.TextLines;
import dev.slipway.postgres.table.TextRow;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Reads a table's rows as fingerprints. Not for several threads. */
final class Fingerprints {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();
    private final HashStream128 parts = XXH3.hashStream();
    private final List<String> columns;
    /** Where the key's columns stand in a line, which begins with the place. */
    private final int[] keys;

    private final int fields;
    private final RowFormat format;

    Fingerprints(List<String> columns, List<String> key, RowFormat format) {
        this.columns = columns;
        this.format = format;
        this.keys = key.stream().mapToInt(column -> 1 + columns.indexOf(column)).toArray();
        this.fields = 1 + Arrays.stream(keys).max().orElse(0);
    }

    /** Takes one row after the other. */
    @FunctionalInterface
    public interface Taker {
        void take(Fingerprint fingerprint);
    }

    public void read(PostgresSession session, PostgresTable table, Taker taker) throws SQLException {
        String selected = columns.isEmpty() ? "ctid" : "ctid, " + Sql.identifiers(columns);
        TextLines.read(session, "SELECT " + selected + table.from(), format, line -> taker.take(of(line)));
    }

    private Fingerprint of(byte[] line) {
        int text = afterPlace(line);
        HashValue128 row = XXH3.hashBytesTo128Bits(line, text, line.length - text);
        HashValue128 key = keys.length == 0 ? row : key(line);
        return new Fingerprint(
                key.getMostSignificantBits(),
                key.getLeastSignificantBits(),
                row.getMostSignificantBits(),
                row.getLeastSignificantBits(),
                RowPlace.parse(line));
    }

    private HashValue128 key(byte[] line) {
        TextRow row = TextRow.parse(line, fields);
        parts.reset();
        for (int field : keys) {
            row.addTo(parts, field);
        }
        return parts.get();
    }

    private static int afterPlace(byte[] line) {
        int i = 0;
        while (line[i] != ')') {
            i++;
        }
        return i + 1;
    }
}
