package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target's own stores, with logins of their own.
 *
 * @param keepsNames whether services have the same names there, as those of a cluster have
 */
record PlacesOnTarget(App app, boolean keepsNames) implements Places {
    @Override
    public String service(AppService service, String old) {
        return keepsNames ? old : CloudMap.hostName(app.name(), service.name());
    }

    @Override
    public String url(AppStore store, StoreAddress address) {
        String query = address.query();
        return store.kind() == StoreKind.POSTGRES
                ? address.scheme()
                        + (address.login().isEmpty() ? "" : part(store, "login"))
                        + host(store) + ":" + port(store)
                        + address.path()
                        + (query.isEmpty() ? part(store, "query") : query + part(store, "more"))
                : part(store, "scheme") + "://" + part(store, "login") + host(store) + ":" + port(store)
                        + address.path() + query;
    }

    @Override
    public String host(AppStore store) {
        return part(store, "host");
    }

    @Override
    public String port(AppStore store) {
        return part(store, "port");
    }

    @Override
    public String connection(AppStore store, String text) {
        String user = set(text, "user id|username|user|uid", part(store, "user"));
        String password = set(user, "password|pwd", part(store, "password"));
        return set(password, "port", port(store));
    }

    /** Replaces a value of a connection string. */
    static String set(String connection, String key, String value) {
        return Pattern.compile("(?i)(?<![A-Za-z])((?:" + key + ")\\s*=\\s*)[^;\\s]+")
                .matcher(connection)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + value));
    }

    private static String part(AppStore store, String part) {
        return HostRewriter.target(store, part);
    }
}
