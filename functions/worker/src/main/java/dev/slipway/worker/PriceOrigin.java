package dev.slipway.worker;

import dev.slipway.planning.PriceFile;
import dev.slipway.planning.PriceSource;

/** Where a plan's prices are from. */
enum PriceOrigin {
    /** The dated file; no account, no network. */
    FILE,
    /** AWS's price list, which wants an account's credentials. */
    AWS;

    PriceSource open() {
        return switch (this) {
            case FILE -> new PriceFile();
            case AWS -> PriceListApi.ofAccount();
        };
    }
}
