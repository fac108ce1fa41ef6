package dev.slipway.local.sample;

/** How many rows each table gets, for about so many rows together. */
record SampleSizes(long rows) {
    long parents() {
        return share(45);
    }

    long schools() {
        return 12;
    }

    long classes() {
        return 12 + rows / 2_000;
    }

    long children() {
        return share(40);
    }

    long fees() {
        return share(45);
    }

    long share(int thousandths) {
        return Math.max(5, rows * thousandths / 1_000);
    }
}
