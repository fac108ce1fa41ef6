package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Protection;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a person should know before the run. */
final class Warnings {
    private final App app;
    private final Spec spec;
    private final List<Finding> warnings = new ArrayList<>();

    private Warnings(App app, Spec spec) {
        this.app = app;
        this.spec = spec;
    }

    static List<Finding> of(App app, Spec spec, Products products, List<PlannedStore> stores) {
        Warnings found = new Warnings(app, spec);
        app.stores().stream().filter(store -> store.role() == StoreRole.RECORD).forEach(found::store);
        stores.stream().filter(store -> store.role() != StoreRole.LEAVE).forEach(store -> {
            found.cdn(store);
            found.version(store);
            found.workers(store);
        });
        if (!spec.target().isOnServers()) {
            app.services(ServiceKind.APP).forEach(found::service);
            Stream.of(ServiceKind.MONITORING, ServiceKind.OPERATIONS)
                    .flatMap(kind -> app.services(kind).stream())
                    .forEach(service -> found.warn("service " + service.name(), products.instead(service)));
        }
        found.writesPause();
        found.mail();
        found.withoutEffect();
        found.byHand(products);
        return found.warnings;
    }

    /** What no template can do, and what is done once in an account. */
    private void byHand(Products products) {
        if (spec.target().protection().contains(Protection.INSPECTOR)) {
            warn(
                    "target.protection",
                    "no template turns Amazon Inspector on: do it once with 'aws inspector2 enable --resource-types ECR --region "
                            + spec.target().region() + "'");
        }
        spec.target()
                .monthlyLimitUsd()
                .ifPresent(limit -> warn(
                        "target.monthly_limit",
                        "it counts the whole account; for costs of this app alone that jump, activate the tag slipway:app once in the"
                                + " billing console (Cost allocation tags)"));
        if (ProductResources.of(app, products).stream()
                .anyMatch(resource -> resource.type().equals("AWS::Grafana::Workspace"))) {
            warn(
                    "Amazon Managed Grafana",
                    "nobody can sign in before a SAML provider or IAM Identity Center is connected to the workspace in its console");
        }
    }

    /** An account may send to anybody once AWS has agreed: https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
    private void mail() {
        Outside outside = Outside.of(app);
        boolean sends =
                spec.target().compute() != Compute.NONE && outside.mail().isPresent() && !outside.provider();
        MailDomain domain = MailDomain.of(app, spec);
        if (sends && domain.isInZone()) {
            warn(
                    "mail",
                    "a new account's Amazon SES sends to addresses that it knows only: ask once for production access in its console");
        } else if (sends) {
            warn(
                    "mail",
                    domain.name().orElse("its domain, which nothing says,")
                            + " is not within traffic.zone, so make it known to Amazon SES once with 'aws sesv2 create-email-identity"
                            + " --region " + spec.target().region()
                            + " --email-identity DOMAIN' and write the records that it answers");
        }
    }

    /** Those of stores that are moved; no other one is closed. */
    private void writesPause() {
        if (spec.target().isOnServers() && app.stores().stream().noneMatch(store -> store.role() == StoreRole.RECORD)) {
            return;
        }
        Strategy chosen = StrategyChoice.chosen(app, spec);
        if (chosen != Strategy.FREEZE) {
            warn(
                    "strategy " + chosen.word(),
                    "writes pause for seconds, at most " + spec.maxPause().toSeconds()
                            + ", and a Postgres and its target must reach each other: the target subscribes to the source before the cutover, and the source to the target after it");
            return;
        }
        Duration weights =
                spec.traffic().every().multipliedBy(spec.traffic().weights().size());
        warn(
                "strategy freeze",
                "writes are answered 503 from the copy until the cutover, about " + inMinutes(weights)
                        + " for the weights alone");
    }

    private static String inMinutes(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " seconds" : duration.toMinutes() + " minutes";
    }

    /** What slipway.yaml may say and this version does not do. */
    private void withoutEffect() {
        if (spec.approval()) {
            warn("approval", "this version does not wait for anybody: start the execution when the plan is approved");
        }
        if (spec.soak().isPositive()) {
            warn("soak", "this version cuts over as soon as all traffic is on the new side and the copy is proved");
        }
        SchemaCommand.of(app, spec)
                .ifPresent(
                        command -> warn(
                                "schema.command",
                                spec.target().isOnServers()
                                        ? "the servers run it, and no run does"
                                        : "the schema is copied, and it runs on a target that takes no writes yet: bring the source to its head first"));
        if (!spec.notified().isEmpty()) {
            warn(
                    "notify",
                    "they hear of the target's alarms; of a run's end this version tells nobody: watch the execution, or subscribe to its events");
        }
    }

    private void store(AppStore store) {
        boolean folder = store.engine().equals("folder");
        if (folder) {
            warn(
                    "store " + store.name(),
                    "the folder becomes a bucket: the image has to use AWS_S3_BUCKET where that is set");
        }
        boolean docker = store.source()
                .map(SourceUrl::text)
                .filter(url -> url.startsWith("file:///var/lib/docker/"))
                .isPresent();
        if (docker) {
            warn(
                    "store " + store.name(),
                    "it is a Docker volume: the worker must be able to read "
                            + store.source().orElseThrow());
        }
        bucket(store);
        String tag =
                store.service().flatMap(app::service).flatMap(AppService::image).orElse("");
        if (store.kind() == StoreKind.POSTGRES && tag.contains("alpine")) {
            warn(
                    "store " + store.name(),
                    "Alpine's Postgres sorts text as C, RDS does not: ORDER BY and text ranges may change");
        }
    }

    private void bucket(AppStore store) {
        boolean said = !spec.store(store.name()).bucket().properties().isEmpty();
        if (store.kind() != StoreKind.OBJECTS) {
            if (said) {
                warn("store " + store.name(), "'bucket' has no effect: it becomes no bucket");
            }
        } else if (!said && !store.engine().equals("folder")) {
            warn(
                    "store " + store.name(),
                    "the bucket's CORS, lifecycle and versioning are not in these files: 'slipway inspect URL --json' prints them"
                            + " as 'bucket', to be pasted below stores." + store.name() + " of slipway.yaml");
        }
    }

    private void cdn(PlannedStore store) {
        store.options()
                .cdnHost()
                .filter(host -> store.hasCdn() && !isInZone(host))
                .ifPresent(
                        host -> warn(
                                "store " + store.name(),
                                "CloudFront shows it under a name of its own: for " + host
                                        + " its certificate is validated in traffic.zone, which has to be the zone of that name"));
    }

    private boolean isInZone(String host) {
        return spec.traffic().zone().filter(zone -> host.endsWith("." + zone)).isPresent();
    }

    private void version(PlannedStore store) {
        boolean changes = store.kind() == StoreKind.POSTGRES
                && !store.version().isEmpty()
                && !store.targetVersion().equals(Integer.toString(EngineVersions.major(store.version())));
        if (changes) {
            warn("store " + store.name(), "Postgres " + store.version() + " becomes " + store.targetVersion());
        }
        if (store.version().isEmpty() && store.kind() != StoreKind.OBJECTS) {
            warn("store " + store.name(), "its image names no version: pin one, so that source and target agree");
        }
    }

    private void workers(PlannedStore store) {
        if (store.kind() == StoreKind.REDIS && store.pace().workers() > 1) {
            warn(
                    "store " + store.name(),
                    "a Redis answers with one thread, whatever the number of workers: more than one is faster only where a"
                            + " worker, and not the server, is what the copy waits for");
        }
    }

    private void service(AppService service) {
        if (service.built()) {
            warn(
                    "service " + service.name(),
                    service.image().isEmpty()
                            ? "it is only built: push its image to a registry that AWS can reach, and name it"
                            : "it is built, as its 'pull_policy' says: push its image to the target's repository for it");
        }
        if (service.health().isEmpty() && !service.ports().isEmpty()) {
            warn("service " + service.name(), "it has no health check: the load balancer will ask for /health");
        }
        service.environment().forEach((name, value) -> {
            if (ProductionVariables.isDebug(name, value.text())) {
                warn("service " + service.name(), name + " is on: turn it off in production");
            }
        });
    }

    private void warn(String subject, String message) {
        warnings.add(Finding.warning(subject, message));
    }
}
