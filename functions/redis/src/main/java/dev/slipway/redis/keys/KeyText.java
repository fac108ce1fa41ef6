package dev.slipway.redis.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes a binary key so that a person can read it and type it into redis-cli. */
public final class KeyText {
    private static final int LONGEST = 200;

    private KeyText() {}

    public static String of(int database, byte[] key) {
        return "db" + database + ":" + of(key);
    }

    public static String of(byte[] bytes) {
        String text = isPrintable(bytes) ? new String(bytes, StandardCharsets.UTF_8) : escaped(bytes);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static boolean isPrintable(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .codePoints()
                    .noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (byte each : bytes) {
            if (each >= ' ' && each < 0x7f && each != '"' && each != '\\') {
                text.append((char) each);
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(each));
            }
        }
        return text.append('"').toString();
    }
}
