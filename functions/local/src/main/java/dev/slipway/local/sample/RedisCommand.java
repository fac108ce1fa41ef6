package dev.slipway.local.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command as Redis reads it from the wire; its words may hold any bytes. */
record RedisCommand(List<byte[]> words) {

    /** Makes a command of words, each a byte array or something whose text is meant. */
    static RedisCommand of(Object... words) {
        List<byte[]> encoded = new ArrayList<>(words.length);
        for (Object word : words) {
            encoded.add(word instanceof byte[] bytes ? bytes : word.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new RedisCommand(encoded);
    }

    /** The command in RESP (redis.io/docs/latest/develop/reference/protocol-spec). */
    byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        header(out, '*', words.size());
        for (byte[] word : words) {
            header(out, '$', word.length);
            out.writeBytes(word);
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static void header(ByteArrayOutputStream out, char kind, int number) {
        out.writeBytes((kind + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
