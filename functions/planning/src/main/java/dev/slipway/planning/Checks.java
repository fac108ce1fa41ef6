package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.DatabaseService;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stops a run before it begins. */
final class Checks {
    private final App app;
    private final Spec spec;
    private final List<Finding> blockers = new ArrayList<>();

    private Checks(App app, Spec spec) {
        this.app = app;
        this.spec = spec;
    }

    static List<Finding> of(App app, Spec spec) {
        Checks checks = new Checks(app, spec);
        checks.content();
        checks.target();
        checks.traffic();
        app.stores().forEach(checks::store);
        Stream.of(ServiceKind.APP, ServiceKind.JOB)
                .flatMap(kind -> app.services(kind).stream())
                .forEach(service -> {
                    checks.developmentSwitches(service);
                    checks.size(service);
                });
        return checks.blockers;
    }

    private void content() {
        if (app.services(ServiceKind.APP).isEmpty() && app.stores().isEmpty()) {
            block("app " + app.name(), "has neither a service nor a store that could be moved");
        }
    }

    private void target() {
        if (spec.target().compute() == Compute.EKS && app.platform() != Platform.KUBERNETES) {
            block(
                    "target.compute",
                    "'eks' applies the app's own manifests, and there are none: write 'compute: fargate' in slipway.yaml");
        }
    }

    private void traffic() {
        boolean shifts = spec.target().compute() != Compute.NONE
                && !app.services(ServiceKind.APP).isEmpty();
        if (shifts
                && (spec.traffic().zone().isEmpty() || spec.traffic().record().isEmpty())) {
            block(
                    "traffic",
                    "nothing says which DNS name the users call: write 'traffic.zone' and 'traffic.record' in slipway.yaml");
        }
        spec.traffic().paths().keySet().stream()
                .filter(name -> app.services(ServiceKind.APP).stream()
                        .noneMatch(service -> service.name().equals(name)))
                .forEach(name -> block("traffic.paths", "names '" + name + "', which is no service of the app"));
    }

    private void store(AppStore store) {
        if (store.role() != StoreRole.LEAVE && store.source().isEmpty()) {
            block("store " + store.name(), unreached(store));
        }
        if (store.kind() == StoreKind.POSTGRES && EngineVersions.major(store.version()) > newest(store)) {
            block(
                    "store " + store.name(),
                    "Postgres " + store.version() + " is newer than what "
                            + (isAurora(store) ? "Aurora offers: write 'target: rds'" : "RDS offers"));
        }
    }

    private int newest(AppStore store) {
        return isAurora(store) ? EngineVersions.NEWEST_AURORA : EngineVersions.NEWEST_POSTGRES;
    }

    private boolean isAurora(AppStore store) {
        return spec.store(store.name()).target().service() == DatabaseService.AURORA;
    }

    private void size(AppService service) {
        boolean larger = !FargateSize.isEnough(
                service.cpus().orElse(0.0), service.memoryMiB().orElse(0));
        if (larger && spec.target().compute() == Compute.FARGATE) {
            block(
                    "service " + service.name(),
                    "it asks for more than Fargate's largest task, 16 vCPU and 120 GB: ask for less, or split it");
        }
    }

    private String unreached(AppStore store) {
        String key = "write 'stores." + store.name() + ".url";
        if (store.engine().equals("folder")) {
            return "nothing says where its files can be read: " + key
                    + ": file:///FOLDER' in slipway.yaml, of a copy or a mount of it";
        }
        if (store.kind() == StoreKind.OBJECTS) {
            return "nothing says which bucket is moved: " + key
                    + ": s3://BUCKET?endpoint=http://HOST:9000' in slipway.yaml";
        }
        return app.platform() == Platform.KUBERNETES
                ? "it is not reached from outside of the cluster: forward its port ('kubectl port-forward') or give it a node's, and "
                        + key + "' in slipway.yaml"
                : "its port is not published, so Slipway cannot reach it: publish it, or " + key + "' in slipway.yaml";
    }

    private void developmentSwitches(AppService service) {
        service.environment().forEach((name, value) -> {
            if (ProductionVariables.isBypass(name) && ProductionVariables.isOn(value.text())) {
                block(
                        "service " + service.name(),
                        name + " is a switch for development: remove it, it must be absent in production");
            }
        });
    }

    private void block(String subject, String message) {
        blockers.add(Finding.blocker(subject, message));
    }
}
