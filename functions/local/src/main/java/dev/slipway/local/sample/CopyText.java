package dev.slipway.local.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Rows in the text format of COPY, written in large pieces (postgresql.org/docs/current/sql-copy.html). */
final class CopyText {
    private static final int PIECE = 1 << 16;

    private static final char[] ESCAPES = escapes();

    private final OutputStream out;
    private byte[] buffer = new byte[PIECE * 2];
    private int length;
    private boolean rowIsEmpty = true;

    CopyText(OutputStream out) {
        this.out = out;
    }

    /** Adds one field: SQL NULL for null, hexadecimal for bytes, otherwise the object's own text. */
    CopyText field(@Nullable Object value) {
        if (!rowIsEmpty) {
            append((byte) '\t');
        }
        rowIsEmpty = false;
        switch (value) {
            case null -> raw("\\N");
            case byte[] bytes -> raw("\\\\x" + HexFormat.of().formatHex(bytes));
            case Number number -> raw(number.toString());
            default -> escaped(value.toString());
        }
        return this;
    }

    void row(@Nullable Object... fields) throws IOException {
        for (Object field : fields) {
            field(field);
        }
        append((byte) '\n');
        rowIsEmpty = true;
        if (length > PIECE) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }

    private void raw(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void escaped(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reserve(2 * bytes.length);
        for (byte character : bytes) {
            char letter = ESCAPES[character & 0x7f];
            if (character >= 0 && letter != 0) {
                buffer[length++] = '\\';
                buffer[length++] = (byte) letter;
            } else {
                buffer[length++] = character;
            }
        }
    }

    private void append(byte character) {
        reserve(1);
        buffer[length++] = character;
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, (length + more) * 2);
        }
    }

    private static char[] escapes() {
        char[] letters = new char[128];
        letters['\\'] = '\\';
        letters['\n'] = 'n';
        letters['\r'] = 'r';
        letters['\t'] = 't';
        return letters;
    }
}
