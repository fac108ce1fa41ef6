package dev.slipway.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** Rows of a query in COPY's text format, the first fields of which are their keys. */
final class SortedRows {
    private final CopyOut out;
    private final int keys;

    SortedRows(PostgresSession session, String copy, int keys) throws SQLException {
        this.out = session.copies().copyOut(copy);
        this.keys = keys;
    }

    @Nullable
    Row next() throws SQLException {
        byte[] line = out.readFromCopy();
        return line == null ? null : Row.parse(line, keys);
    }

    /** One row: its keys as they are, its other fields as COPY writes them. */
    static final class Row {
        private final List<byte[]> fields;
        private final int keys;

        private Row(List<byte[]> fields, int keys) {
            this.fields = fields;
            this.keys = keys;
        }

        static Row parse(byte[] line, int keys) {
            List<byte[]> fields = new ArrayList<>();
            int start = 0;
            int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
            for (int i = 0; i <= end; i++) {
                if (i == end || line[i] == '\t') {
                    byte[] field = Arrays.copyOfRange(line, start, i);
                    fields.add(fields.size() < keys ? unescape(field) : field);
                    start = i + 1;
                }
            }
            return new Row(fields, keys);
        }

        int compareKey(Row other) {
            for (int i = 0; i < keys; i++) {
                int order = Arrays.compareUnsigned(fields.get(i), other.fields.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        byte[] key(int index) {
            return fields.get(index);
        }

        String keyText(int index) {
            return new String(fields.get(index), StandardCharsets.UTF_8);
        }

        byte[] field(int index) {
            return fields.get(index);
        }

        /** https://www.postgresql.org/docs/current/sql-copy.html, "Text Format": COPY TO writes these escapes and no others. */
        private static byte[] unescape(byte[] field) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream(field.length);
            for (int i = 0; i < field.length; i++) {
                boolean escape = field[i] == '\\' && i + 1 < field.length;
                plain.write(escape ? unescape(field[++i]) : field[i]);
            }
            return plain.toByteArray();
        }

        private static int unescape(byte letter) {
            return switch (letter) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'v' -> 0x0B;
                default -> letter;
            };
        }
    }
}
