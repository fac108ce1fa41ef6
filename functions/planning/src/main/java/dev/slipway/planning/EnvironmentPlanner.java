package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plans every variable of every service: what points at the old network is rewritten, what is secret goes another way. */
final class EnvironmentPlanner {
    private static final String BUCKET = "AWS_S3_BUCKET";
    private static final String REGION = "AWS_S3_REGION";
    /** On the target the task's role signs requests. */
    static final Set<String> ROLE_INSTEAD = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_S3_ACCESS_KEY_ID",
            "AWS_S3_SECRET_ACCESS_KEY");

    private final App app;
    private final HostRewriter hosts;
    private final StoreVariables storeVariables;
    private final BucketVariables bucketVariables;

    EnvironmentPlanner(App app, BucketVariables bucketVariables) {
        this.app = app;
        this.hosts = new HostRewriter(app);
        this.storeVariables = new StoreVariables(app);
        this.bucketVariables = bucketVariables;
    }

    List<PlannedVariable> plan(List<PlannedService> services, List<PlannedJob> jobs) {
        return Stream.concat(
                        services.stream().map(PlannedService::name),
                        jobs.stream().map(PlannedJob::name))
                .flatMap(name -> app.service(name).stream())
                .flatMap(this::variables)
                .toList();
    }

    private Stream<PlannedVariable> variables(AppService service) {
        Map<String, PlannedVariable> planned = new TreeMap<>();
        service.environment().forEach((name, value) -> planned.put(name, variable(service, name, value)));
        buckets(service)
                .forEach((name, value) -> planned.put(
                        name,
                        variable(
                                service,
                                name,
                                Optional.ofNullable(service.environment().get(name)),
                                Optional.of(value))));
        return planned.values().stream();
    }

    private PlannedVariable variable(AppService service, String name, SecretTemplate value) {
        Optional<SecretTemplate> to = isReplaced(service, name, value)
                ? Optional.empty()
                : Optional.of(storeVariables
                        .rewrite(service, name, value)
                        .or(() -> bucketVariables.rewrite(service, name, value))
                        .orElseGet(() -> hosts.rewrite(value)));
        return variable(service, name, Optional.of(value), to);
    }

    private static PlannedVariable variable(
            AppService service, String name, Optional<SecretTemplate> from, Optional<SecretTemplate> to) {
        Optional<String> secret = to.filter(Secrecy::isSecret).map(value -> service.name() + "." + name);
        return new PlannedVariable(service.name(), name, from, to, secret, Optional.empty());
    }

    /** A variable that says where a folder is mounted has no meaning beside the bucket in its place. */
    private boolean isReplaced(AppService service, String name, SecretTemplate value) {
        boolean folder = folders(service)
                .anyMatch(store -> store.mounts().stream()
                        .filter(mount -> mount.service().equals(service.name()))
                        .anyMatch(mount -> isWithin(value.text(), mount.path())));
        boolean signed = folders(service).findAny().isPresent() || bucketVariables.isClient(service);
        return folder || (ROLE_INSTEAD.contains(name) && signed) || bucketVariables.isWithoutMeaning(name, value);
    }

    private static boolean isWithin(String path, String mount) {
        return path.equals(mount) || path.startsWith(mount.endsWith("/") ? mount : mount + "/");
    }

    private Map<String, SecretTemplate> buckets(AppService service) {
        Map<String, SecretTemplate> variables = new TreeMap<>();
        folders(service).forEach(store -> {
            String suffix = variables.isEmpty()
                    ? ""
                    : "_" + store.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
            variables.put(BUCKET + suffix, SecretTemplate.reference("target:" + store.name() + ":bucket"));
            variables.put(REGION + suffix, SecretTemplate.reference("target:" + store.name() + ":region"));
        });
        return variables;
    }

    private Stream<AppStore> folders(AppService service) {
        return app.stores().stream()
                .filter(store -> store.kind() == StoreKind.OBJECTS && store.role() != StoreRole.LEAVE)
                .filter(store -> store.mounts().stream()
                        .anyMatch(mount -> mount.service().equals(service.name())));
    }
}
