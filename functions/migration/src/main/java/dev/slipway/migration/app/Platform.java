package dev.slipway.migration.app;

/** What an app runs on before it is moved. */
public enum Platform {
    COMPOSE,
    KUBERNETES,
    /** Processes on one server, without containers. */
    SERVER
}
