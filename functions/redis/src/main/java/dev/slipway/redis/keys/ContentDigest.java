package dev.slipway.redis.keys;

import dev.slipway.migration.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 over items whose order does not matter: the sum of their digests. */
public final class ContentDigest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private BigInteger sum = BigInteger.ZERO;

    /** The digest of fields in their order, each with its length, so that no two lists of fields run into one. */
    public static byte[] of(byte[]... fields) {
        MessageDigest digest = Sha256.digest();
        for (byte[] field : fields) {
            update(digest, field);
        }
        return digest.digest();
    }

    public static void update(MessageDigest digest, byte[] field) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        digest.update(field);
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public synchronized void add(byte[] itemDigest) {
        sum = sum.add(new BigInteger(1, itemDigest)).mod(MODULUS);
    }

    /** Takes an item off that was added. */
    public synchronized void remove(byte[] itemDigest) {
        sum = sum.subtract(new BigInteger(1, itemDigest)).mod(MODULUS);
    }

    /** Of all items so far; the same for the same items in any order. */
    public synchronized byte[] digest() {
        return of(sum.toByteArray());
    }

    public String hex() {
        return HexFormat.of().formatHex(digest());
    }
}
