package dev.slipway.local.account;

import dev.slipway.migration.exception.SlipwayException;
import org.jspecify.annotations.Nullable;

/** The emulated account, or a tool that it needs, could not be made or used. */
public final class AccountFailed extends SlipwayException {
    private static final long serialVersionUID = 1L;

    AccountFailed(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    AccountFailed(String tried, String failed, String remedy, @Nullable Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
