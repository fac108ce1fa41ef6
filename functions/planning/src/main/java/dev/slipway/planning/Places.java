package dev.slipway.planning;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;

/** Where those of the old network are found by the tasks of the target. */
interface Places {
    /** The host name of a service that was reached by another one. */
    String service(AppService service, String old);

    /** A store's URL. */
    String url(AppStore store, StoreAddress address);

    String host(AppStore store);

    String port(AppStore store);

    /** A connection string, of which only the host has been changed. */
    String connection(AppStore store, String text);

    /**
     * A URL as the app has it.
     *
     * @param scheme with what follows it, {@code redis://}
     * @param login with its {@code @}; empty where there is none
     * @param path with its slash
     * @param query with its question mark
     */
    record StoreAddress(String scheme, String login, String path, String query) {}
}
