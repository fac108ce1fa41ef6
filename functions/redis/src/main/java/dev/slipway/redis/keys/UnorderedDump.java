package dev.slipway.redis.keys;

import dev.slipway.migration.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether two DUMP payloads of a set or a hash hold the same members: each server writes a large one in the order of its own
 * random hash seed. Reads the encodings of rdb.h that keep no order (a type, a count, then strings); of anything else it says no, and
 * then the key is sent again.
 */
public final class UnorderedDump {
    private static final int SET = 2;
    private static final int HASH = 4;
    private static final int FOOTER = DumpFooter.LENGTH;

    private final ByteBuffer payload;

    private UnorderedDump(byte[] payload) {
        this.payload = ByteBuffer.wrap(payload, 0, payload.length - FOOTER);
    }

    public static boolean holdSame(byte[] one, byte[] other) {
        if (one.length != other.length || one.length <= FOOTER || one[0] != other[0] || !isUnordered(one[0])) {
            return false;
        }
        try {
            Set<List<ByteBuffer>> members = new HashSet<>(new UnorderedDump(one).members());
            List<List<ByteBuffer>> others = new UnorderedDump(other).members();
            return members.size() == others.size() && members.containsAll(others);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Over the members in any order, or over the payload where it has an order. */
    public static byte[] digest(byte[] payload) {
        if (payload.length > FOOTER && isUnordered(payload[0])) {
            ContentDigest content = new ContentDigest();
            new UnorderedDump(payload).members().forEach(member -> content.add(digest(member)));
            return content.digest();
        }
        return ContentDigest.of(payload);
    }

    private static byte[] digest(List<ByteBuffer> member) {
        MessageDigest digest = Sha256.digest();
        member.forEach(string -> digest.update(string.duplicate()));
        return digest.digest();
    }

    private static boolean isUnordered(byte type) {
        return type == SET || type == HASH;
    }

    /** Each member as it is written: a string, or a field and its value. */
    private List<List<ByteBuffer>> members() {
        boolean isHash = payload.get() == HASH;
        long count = length();
        List<List<ByteBuffer>> members = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            members.add(isHash ? List.of(string(), string()) : List.of(string()));
        }
        return members;
    }

    private ByteBuffer string() {
        int start = payload.position();
        int first = Byte.toUnsignedInt(payload.get());
        if (first >> 6 == 3) {
            skip(encoded(first & 0x3f));
        } else {
            payload.position(start);
            skip(length());
        }
        return payload.slice(start, payload.position() - start);
    }

    /** How long what follows a special encoding is: an integer's width, or that of a compressed string. */
    private long encoded(int encoding) {
        return switch (encoding) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 4;
            case 3 -> {
                long compressed = length();
                length();
                yield compressed;
            }
            default -> throw new IllegalArgumentException("unknown encoding " + encoding);
        };
    }

    private long length() {
        int first = Byte.toUnsignedInt(payload.get());
        return switch (first >> 6) {
            case 0 -> first & 0x3f;
            case 1 -> ((first & 0x3f) << 8) | Byte.toUnsignedInt(payload.get());
            case 2 -> first == 0x80 ? Integer.toUnsignedLong(payload.getInt()) : payload.getLong();
            default -> throw new IllegalArgumentException("no length");
        };
    }

    private void skip(long bytes) {
        payload.position(Math.toIntExact(Math.addExact(payload.position(), bytes)));
    }
}
