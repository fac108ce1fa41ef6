package dev.slipway.postgres.table;

import com.dynatrace.hash4j.hashing.HashSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A row as COPY's text format writes it. Its fields are not copied: a row may be large. */
public final class TextRow {
    private final byte[] line;
    private final int[] ends;

    private TextRow(byte[] line, int[] ends) {
        this.line = line;
        this.ends = ends;
    }

    /** @param fields how many of them to tell apart; those that follow are part of no field */
    public static TextRow parse(byte[] line, int fields) {
        int length = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int[] ends = new int[fields];
        int field = 0;
        for (int i = 0; i <= length && field < fields; i++) {
            if (i == length || line[i] == '\t') {
                ends[field++] = i;
            }
        }
        return new TextRow(line, ends);
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1] + 1;
    }

    /** Adds a field as it is written, and what divides it from the next one. */
    public void addTo(HashSink hash, int field) {
        hash.putBytes(line, start(field), ends[field] - start(field));
        hash.putByte((byte) '\t');
    }

    public boolean isEqual(int field, TextRow other) {
        return Arrays.equals(line, start(field), ends[field], other.line, other.start(field), other.ends[field]);
    }

    /** A field's value as the server would show it. */
    public String value(int field) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(ends[field] - start(field));
        for (int i = start(field); i < ends[field]; i++) {
            boolean escape = line[i] == '\\' && i + 1 < ends[field];
            plain.write(escape ? unescape(line[++i]) : line[i]);
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    /** https://www.postgresql.org/docs/current/sql-copy.html, "Text Format": COPY TO writes these escapes and no others. */
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
