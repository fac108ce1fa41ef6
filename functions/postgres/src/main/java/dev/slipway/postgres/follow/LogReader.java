package dev.slipway.postgres.follow;

import dev.slipway.postgres.session.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a publication's messages, whose formats are those of PostgreSQL's manual, "Logical Replication Message Formats", protocol 1; of a client in UTF-8. */
final class LogReader {
    private static final LoggedRow.Null NULL = new LoggedRow.Null();
    private static final LoggedRow.Unchanged UNCHANGED = new LoggedRow.Unchanged();
    private static final int CASCADE = 1;
    private static final int RESTART_IDENTITY = 2;

    private final Map<Integer, LoggedTable> tables = new HashMap<>();

    LogMessage read(ByteBuffer in) {
        return switch (in.get()) {
            case 'B' -> new LogMessage.Begun();
            case 'C' -> committed(in);
            case 'R' -> described(in);
            case 'I' -> inserted(in);
            case 'U' -> updated(in);
            case 'D' -> deleted(in);
            case 'T' -> truncated(in);
            default -> new LogMessage.Other();
        };
    }

    private static LogMessage committed(ByteBuffer in) {
        in.get();
        in.getLong();
        return new LogMessage.Committed(in.getLong());
    }

    private LogMessage described(ByteBuffer in) {
        int oid = in.getInt();
        String schema = name(in);
        String name = Sql.identifier(schema.isEmpty() ? "pg_catalog" : schema) + "." + Sql.identifier(name(in));
        boolean whole = in.get() == 'f';
        int count = in.getShort();
        List<String> columns = new ArrayList<>();
        List<Boolean> key = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            key.add((in.get() & 1) == 1 && !whole);
            columns.add(name(in));
            in.getInt();
            in.getInt();
        }
        LoggedTable table = new LoggedTable(name, columns, key);
        tables.put(oid, table);
        return new LogMessage.Described(table);
    }

    private LogMessage inserted(ByteBuffer in) {
        LoggedTable table = known(in.getInt());
        in.get();
        return new LogMessage.Inserted(table, row(in));
    }

    /** A change of a key has the old row before the new one. */
    private LogMessage updated(ByteBuffer in) {
        LoggedTable table = known(in.getInt());
        if (in.get() == 'N') {
            return new LogMessage.Updated(table, Optional.empty(), row(in));
        }
        LoggedRow before = row(in);
        in.get();
        return new LogMessage.Updated(table, Optional.of(before), row(in));
    }

    private LogMessage deleted(ByteBuffer in) {
        LoggedTable table = known(in.getInt());
        in.get();
        return new LogMessage.Deleted(table, row(in));
    }

    private LogMessage truncated(ByteBuffer in) {
        int count = in.getInt();
        int options = in.get();
        List<LoggedTable> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(known(in.getInt()));
        }
        return new LogMessage.Truncated(all, (options & CASCADE) != 0, (options & RESTART_IDENTITY) != 0);
    }

    private static LoggedRow row(ByteBuffer in) {
        int count = in.getShort();
        List<LoggedRow.Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(
                    switch (in.get()) {
                        case 't' -> new LoggedRow.Text(text(in, in.getInt()));
                        case 'u' -> UNCHANGED;
                        default -> NULL;
                    });
        }
        return new LoggedRow(values);
    }

    private LoggedTable known(int oid) {
        LoggedTable table = tables.get(oid);
        if (table == null) {
            throw new IllegalStateException("the log tells a change of a table that it has not described");
        }
        return table;
    }

    private static String name(ByteBuffer in) {
        int length = 0;
        while (in.get(in.position() + length) != 0) {
            length++;
        }
        String name = text(in, length);
        in.get();
        return name;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
