package dev.slipway.planning;

import dev.slipway.migration.spec.Size;
import java.util.Optional;

/** How large the target's parts are, after the tables of the guides, on Graviton instances. */
final class Sizing {
    /** What RDS gives an instance at most. */
    private static final long MOST_STORAGE_GB = 65_536;

    private Sizing() {}

    static String database(Size size) {
        return switch (size) {
            case POC -> "db.t4g.micro";
            case SMALL -> "db.t4g.medium";
            case MEDIUM -> "db.t4g.large";
        };
    }

    /** Room for half as much again as is known to be in it, as far as RDS has it. */
    static int databaseStorageGb(Size size, Optional<Long> bytes) {
        int usual = size == Size.POC ? 20 : 100;
        long known = bytes.orElse(0L) >> 30;
        return (int) Math.clamp(Math.ceilDiv(known + known / 2, 10) * 10, usual, MOST_STORAGE_GB);
    }

    /** What a bill assumes that Aurora reads and writes in a month, in millions of requests. */
    static int auroraMillions(Size size) {
        return switch (size) {
            case POC -> 5;
            case SMALL -> 25;
            case MEDIUM -> 100;
        };
    }

    static boolean standby(Size size) {
        return size != Size.POC;
    }

    static String cache(Size size) {
        return switch (size) {
            case POC -> "cache.t4g.micro";
            case SMALL -> "cache.t4g.small";
            case MEDIUM -> "cache.r7g.large";
        };
    }

    static int cacheNodes(Size size) {
        return size == Size.POC ? 1 : 2;
    }

    /** What a node of {@link #cache} has for data, in MB. */
    static int cacheMb(Size size) {
        return switch (size) {
            case POC -> 500;
            case SMALL -> 1_370;
            case MEDIUM -> 13_070;
        };
    }

    /** One for each zone, but one for a proof of concept: see blueprint {@code nat}. */
    static int natGateways(Size size) {
        return size == Size.POC ? 1 : 2;
    }

    /** What a bill assumes that leaves for the internet in a month. */
    static int transferGb(Size size) {
        return switch (size) {
            case POC -> 50;
            case SMALL -> 200;
            case MEDIUM -> 1_000;
        };
    }

    static int tasks(Size size, int replicas) {
        return Math.max(replicas, size == Size.POC ? 1 : 2);
    }

    /** What a bill assumes to be stored in a bucket. */
    static int bucketGb(Size size) {
        return switch (size) {
            case POC -> 10;
            case SMALL -> 100;
            case MEDIUM -> 1000;
        };
    }
}
