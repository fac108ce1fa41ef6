package dev.slipway.migration;

import java.util.List;

/** How an app reaches a store by several logins in turn, each of which may do the same: what one of them makes is none's own. */
public interface AppLogins {

    /**
     * Makes the logins that are missing and gives each its password; sessions that are open stay so. It is done whole or not at all.
     *
     * @param store with the right to make logins
     * @throws dev.slipway.migration.exception.StoreUnreachable if the store does not answer, or refuses one of the logins afterwards
     * @throws dev.slipway.migration.exception.CopyFailed if the server refused a statement
     */
    void make(StoreUrl store, List<AppLogin> logins);
}
