package dev.slipway.local.sample;

/** How many rows SmartBoard's tables get, for about so many rows together. */
record BoardSizes(long rows) {
    long users() {
        return share(50);
    }

    long tenants() {
        return share(5);
    }

    long datasets() {
        return share(30);
    }

    long dashboards() {
        return share(30);
    }

    long share(int thousandths) {
        return Math.max(5, rows * thousandths / 1_000);
    }
}
