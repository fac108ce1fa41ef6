package dev.slipway.postgres.follow;

import dev.slipway.postgres.compare.ChangedRows;
import dev.slipway.postgres.session.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a publication's messages for the keys of the rows that they change; of a database in UTF-8. Their formats are those of
 * PostgreSQL's manual, "Logical Replication Message Formats".
 */
final class ChangedKeys {
    private final ChangedRows rows = new ChangedRows();
    private final Map<Integer, Relation> relations = new HashMap<>();

    /**
     * A table as the log describes it.
     *
     * @param key which of its columns tell a row; none where all of them do
     */
    private record Relation(String name, List<String> columns, List<Boolean> key) {
        boolean hasKey() {
            return key.contains(true);
        }

        List<String> keyColumns() {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                if (key.get(i)) {
                    names.add(columns.get(i));
                }
            }
            return names;
        }
    }

    ChangedRows rows() {
        return rows;
    }

    void read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        switch (in.get()) {
            case 'R' -> relation(in);
            case 'I', 'U', 'D' -> change(in);
            case 'T' -> truncated(in);
            default -> {
                // Where transactions begin and end, and of what types columns are.
            }
        }
    }

    private void relation(ByteBuffer in) {
        int oid = in.getInt();
        String schema = text(in);
        String name = Sql.identifier(schema.isEmpty() ? "pg_catalog" : schema) + "." + Sql.identifier(text(in));
        boolean whole = in.get() == 'f';
        int count = in.getShort();
        List<String> columns = new ArrayList<>();
        List<Boolean> key = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            key.add((in.get() & 1) == 1 && !whole);
            columns.add(text(in));
            in.getInt();
            in.getInt();
        }
        relations.put(oid, new Relation(name, columns, key));
    }

    /** A change of a key has the old row's before the new row. */
    private void change(ByteBuffer in) {
        Relation relation = known(in.getInt());
        while (in.hasRemaining()) {
            in.get();
            if (!relation.hasKey()) {
                rows.addWhole(relation.name);
                return;
            }
            rows.add(relation.name, relation.keyColumns(), key(in, relation));
        }
    }

    private static List<String> key(ByteBuffer in, Relation relation) {
        List<String> key = new ArrayList<>();
        int columns = in.getShort();
        for (int i = 0; i < columns; i++) {
            byte[] value = new byte[in.get() == 't' ? in.getInt() : 0];
            in.get(value);
            if (relation.key.get(i)) {
                key.add(new String(value, StandardCharsets.UTF_8));
            }
        }
        return key;
    }

    private void truncated(ByteBuffer in) {
        int tables = in.getInt();
        in.get();
        for (int i = 0; i < tables; i++) {
            rows.addWhole(known(in.getInt()).name);
        }
    }

    private Relation known(int oid) {
        Relation relation = relations.get(oid);
        if (relation == null) {
            throw new IllegalStateException("the log tells a change of a table that it has not described");
        }
        return relation;
    }

    private static String text(ByteBuffer in) {
        int start = in.position();
        int length = 0;
        while (in.get(start + length) != 0) {
            length++;
        }
        byte[] text = new byte[length];
        in.get(text).get();
        return new String(text, StandardCharsets.UTF_8);
    }
}
