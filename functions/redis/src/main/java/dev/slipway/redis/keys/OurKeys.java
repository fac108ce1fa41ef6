package dev.slipway.redis.keys;

import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** The keys that a copy keeps on a target until it is complete; an app has none of these names. */
public final class OurKeys {
    /** The field of the claim that names it. */
    public static final String CLAIM_ID = "id";

    private static final String CLAIM = "{slipway}copy";
    private static final byte[] STREAM_KEY = "{slipway}stream".getBytes(StandardCharsets.US_ASCII);
    private static final String HALF = "slipway:copy:{";
    private static final byte[] CLAIM_KEY = CLAIM.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HALF_KEY = HALF.getBytes(StandardCharsets.US_ASCII);

    private OurKeys() {}

    /** Says whose copy the target's keys are, in database 0 or in the one that {@code ?db=only} names. */
    public static byte[] claim() {
        return CLAIM_KEY.clone();
    }

    public static boolean isClaim(byte[] key) {
        return Arrays.equals(key, CLAIM_KEY);
    }

    /** Says on a target that follows how far it is; beside the claim. */
    public static byte[] stream() {
        return STREAM_KEY.clone();
    }

    /** Whether the key says whose the target is, and what is brought there: a copy leaves both alone. */
    public static boolean isState(byte[] key) {
        return isClaim(key) || Arrays.equals(key, STREAM_KEY);
    }

    /** Whether the key is the claim, the stream's place or a value of which only a part is there yet. */
    public static boolean isOurs(byte[] key) {
        return isClaim(key) || Arrays.equals(key, STREAM_KEY) || isHalf(key);
    }

    private static boolean isHalf(byte[] key) {
        return key.length > HALF_KEY.length && Arrays.equals(key, 0, HALF_KEY.length, HALF_KEY, 0, HALF_KEY.length);
    }

    /**
     * A name under which the key's value is put together, in the key's own slot, so that it can be renamed when it is whole. Another
     * one each time: SCAN may give a key twice, and then two are at work on it.
     */
    public static byte[] half(byte[] key) {
        return (HALF + Tags.BY_SLOT[SlotHash.getSlot(key)] + "}:" + UUID.randomUUID())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A number for each slot whose text hashes to it. */
    private static final class Tags {
        private static final int[] BY_SLOT = new int[SlotHash.SLOT_COUNT];

        static {
            Arrays.fill(BY_SLOT, -1);
            int found = 0;
            for (int number = 0; found < SlotHash.SLOT_COUNT; number++) {
                int slot = SlotHash.getSlot(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
                if (BY_SLOT[slot] < 0) {
                    BY_SLOT[slot] = number;
                    found++;
                }
            }
        }
    }
}
