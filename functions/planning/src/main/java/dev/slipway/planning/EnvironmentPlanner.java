package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plans every variable of every service: what points at the old network is rewritten, what is secret goes another way. */
final class EnvironmentPlanner {
    private static final String BUCKET = "AWS_S3_BUCKET";
    private static final String REGION = "AWS_S3_REGION";

    private final App app;
    private final HostRewriter hosts;
    private final HostRewriter hostsOnSource;
    private final PlacesOnSource source;
    private final StoreVariables storeVariables;
    private final BucketVariables bucketVariables;
    private final TraceVariables traceVariables;
    private final MailDomain mailDomain;
    private final Optional<Parameters> parameters;
    private final List<Finding> findings = new ArrayList<>();

    private EnvironmentPlanner(App app, Spec spec, BucketVariables bucketVariables) {
        OldNetwork network = new OldNetwork(app, spec.sourceAddress());
        this.app = app;
        this.hosts =
                new HostRewriter(network, new PlacesOnTarget(app, spec.target().compute() == Compute.EKS));
        this.source = new PlacesOnSource(app);
        this.hostsOnSource = new HostRewriter(network, source);
        this.storeVariables = new StoreVariables(app, network);
        this.bucketVariables = bucketVariables;
        this.traceVariables = new TraceVariables(app, spec);
        this.mailDomain = MailDomain.of(app, spec);
        // A cluster has ConfigMaps for what is no secret.
        this.parameters = spec.target().compute() == Compute.EKS ? Optional.empty() : Optional.of(new Parameters(app));
    }

    /**
     * All variables.
     *
     * @param forerunners those of the services that use the stores of the source
     * @param findings why some have another value, and what a person has to do for it
     */
    record Environment(List<PlannedVariable> variables, List<PlannedVariable> forerunners, List<Finding> findings) {
        List<PlannedVariable> all() {
            return Stream.concat(variables.stream(), forerunners.stream()).toList();
        }
    }

    /** @param doubled those of the services that use the stores of the source, too, under another name */
    static Environment plan(
            App app,
            Spec spec,
            BucketVariables bucketVariables,
            List<PlannedService> services,
            List<PlannedService> doubled,
            List<PlannedJob> jobs) {
        EnvironmentPlanner planner = new EnvironmentPlanner(app, spec, bucketVariables);
        List<PlannedVariable> variables = Stream.concat(
                        services.stream().map(PlannedService::name),
                        jobs.stream().map(PlannedJob::name))
                .flatMap(name -> app.service(name).stream())
                .flatMap(planner::variables)
                .toList();
        return new Environment(
                planner.parameters
                        .map(parameters -> parameters.deliver(variables))
                        .orElse(variables),
                doubled.stream()
                        .flatMap(service -> app.service(service.name()).stream())
                        .flatMap(planner::forerunner)
                        .toList(),
                planner.findings);
    }

    private Stream<PlannedVariable> variables(AppService service) {
        Map<String, PlannedVariable> planned = new TreeMap<>();
        service.environment()
                .forEach((name, value) -> planned.put(
                        name, variable(service.name(), name, Optional.of(value), target(service, name, value))));
        Map<String, SecretTemplate> added = new TreeMap<>(storeVariables.added(service));
        if (!added.isEmpty()) {
            find(
                    service,
                    String.join(" and ", added.keySet())
                            + " are new: ElastiCache has users and TLS, so let the app's client log in with both, by TLS");
        }
        added.putAll(buckets(service));
        added.forEach((name, value) -> planned.put(
                name,
                variable(
                        service.name(),
                        name,
                        Optional.ofNullable(service.environment().get(name)),
                        Optional.of(value))));
        return planned.values().stream();
    }

    private Stream<PlannedVariable> forerunner(AppService service) {
        return service.environment().entrySet().stream()
                .map(entry -> variable(
                        PlannedService.forerunner(service.name()),
                        entry.getKey(),
                        Optional.of(entry.getValue()),
                        source(service, entry.getKey(), entry.getValue())));
    }

    /** As {@link #target}, but for the stores: they are those of the source, with the logins that the app has. */
    private Optional<SecretTemplate> source(AppService service, String name, SecretTemplate value) {
        if (isBypassed(name, value) || AccessKeys.isOfSender(name)) {
            return Optional.empty();
        }
        return Optional.of(storeVariables
                .onSource(service, name, value, source)
                .or(() -> bucketVariables.onSource(service, name, value))
                .or(() -> traces(service, name, value))
                .or(() -> production(service, name, value))
                .or(() -> sized(service, name, value))
                .orElseGet(() -> hostsOnSource.rewrite(service, name, value)));
    }

    /** Empty: it is not set. */
    private Optional<SecretTemplate> target(AppService service, String name, SecretTemplate value) {
        if (isReplaced(service, name, value)) {
            return Optional.empty();
        }
        if (AccessKeys.isOfSender(name)) {
            find(service, name + " is not set: the task's role signs, and " + may(name));
            return Optional.empty();
        }
        return Optional.of(storeVariables
                .rewrite(service, name, value)
                .or(() -> bucketVariables.rewrite(service, name, value))
                .or(() -> traces(service, name, value))
                .or(() -> production(service, name, value))
                .or(() -> sized(service, name, value))
                .orElseGet(() -> hosts.rewrite(service, name, value)));
    }

    private String may(String name) {
        return AccessKeys.isOfMail(name)
                ? "may send mail"
                        + mailDomain.name().map(domain -> " as " + domain).orElse("")
                : "may send text messages; for a topic give it sns:Publish";
    }

    private Optional<SecretTemplate> traces(AppService service, String name, SecretTemplate value) {
        Optional<SecretTemplate> changed = traceVariables.rewrite(name, value);
        changed.filter(to -> !traceVariables.inCluster())
                .ifPresent(
                        to -> find(
                                service,
                                name
                                        + " leads to the target's collector, AWS Distro for OpenTelemetry, which hands traces to X-Ray"));
        return changed;
    }

    private Optional<SecretTemplate> production(AppService service, String name, SecretTemplate value) {
        Optional<String> changed = value.plain().flatMap(text -> ProductionVariables.instead(name, text));
        changed.ifPresent(to -> find(service, name + " is " + value + ": in production it should be " + to));
        return changed.map(SecretTemplate::literal);
    }

    private Optional<SecretTemplate> sized(AppService service, String name, SecretTemplate value) {
        Optional<SizeVariables.Proposal> proposal =
                value.plain().flatMap(text -> SizeVariables.of(service, ServicePlanner.size(service), name, text));
        proposal.ifPresent(
                found -> find(service, name + " " + value + " becomes " + found.value() + ": " + found.why()));
        return proposal.map(found -> SecretTemplate.literal(found.value()));
    }

    private void find(AppService service, String message) {
        findings.add(Finding.warning("service " + service.name(), message));
    }

    private static PlannedVariable variable(
            String service, String name, Optional<SecretTemplate> from, Optional<SecretTemplate> to) {
        Optional<String> secret = to.filter(Secrecy::isSecret).map(value -> service + "." + name);
        return new PlannedVariable(service, name, from, to, secret, Optional.empty());
    }

    /** A variable that says where a folder is mounted has no meaning beside the bucket in its place. */
    private boolean isReplaced(AppService service, String name, SecretTemplate value) {
        boolean folder = folders(service)
                .anyMatch(store -> store.mounts().stream()
                        .filter(mount -> mount.service().equals(service.name()))
                        .anyMatch(mount -> isWithin(value.text(), mount.path())));
        boolean client = bucketVariables.isClient(service);
        boolean signed = folders(service).findAny().isPresent() || client;
        return folder
                || (AccessKeys.isOfBucket(name) && signed)
                || (client && BucketVariables.isLogin(name))
                || bucketVariables.isWithoutMeaning(name, value)
                || isBypassed(name, value);
    }

    private static boolean isBypassed(String name, SecretTemplate value) {
        return ProductionVariables.isBypass(name) && !ProductionVariables.isOn(value.text());
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
