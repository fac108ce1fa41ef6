package dev.slipway.migration.app;

/** What part a service plays. */
public enum ServiceKind {
    /** The app's own code: it runs as a service on the target. */
    APP,
    /** It does its work and ends, such as a migration of the schema: a task that is run, once or by a schedule. */
    JOB,
    /** It leads requests to other services: the load balancer's rules take its place. */
    PROXY,
    /** A store's server: the target has a managed one in its place. */
    STORE,
    /** Prometheus, Grafana and the like: planned, not run. */
    MONITORING,
    /** It deploys or keeps the containers, such as Argo CD or Watchtower: planned, not run. */
    OPERATIONS,
    /** It helps developers and testers only, such as a mail catcher: not moved. */
    DEVELOPMENT
}
