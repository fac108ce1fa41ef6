package dev.slipway.migration.app;

/** What part a compose service plays. */
public enum ServiceKind {
    /** The app's own code: it runs as a service on the target. */
    APP,
    /** A store's server: the target has a managed one in its place. */
    STORE,
    /** Prometheus, Grafana and the like: planned, not run. */
    MONITORING,
    /** It helps developers only, such as a mail catcher: not moved. */
    DEVELOPMENT
}
