package dev.slipway.planning;

import dev.slipway.migration.spec.Size;

/** How large the target's parts are, after the tables of the guides, on Graviton instances. */
final class Sizing {
    private Sizing() {}

    static String database(Size size) {
        return switch (size) {
            case POC -> "db.t4g.micro";
            case SMALL -> "db.t4g.medium";
            case MEDIUM -> "db.t4g.large";
        };
    }

    static int databaseStorageGb(Size size) {
        return size == Size.POC ? 20 : 100;
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
