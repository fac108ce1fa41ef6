package dev.slipway.planning;

/** Names of services in the target's private network. */
final class CloudMap {
    private CloudMap() {}

    static String namespace(String app) {
        return app + ".internal";
    }

    static String hostName(String app, String service) {
        return service + "." + namespace(app);
    }
}
