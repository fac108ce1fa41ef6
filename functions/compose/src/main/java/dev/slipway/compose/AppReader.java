package dev.slipway.compose;

import dev.slipway.compose.images.Product;
import dev.slipway.compose.origin.Origin;
import dev.slipway.compose.origin.ServiceOrigin;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.Volume;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Understands a compose model: which services are the app's own, which are stores, what leads to them, and where its files lie. */
final class AppReader {
    private final String name;
    private final Spec spec;
    private final ComposeModel model;
    private final Origin origin;
    private final StoreReader storeReader;
    private final FolderReader folders;
    private final Clockwork clockwork = new Clockwork();
    private final List<Part> parts = new ArrayList<>();
    private final List<AppService> services = new ArrayList<>();
    private final List<AppStore> stores = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private AppReader(String name, Spec spec, ComposeModel model) {
        this.name = name;
        this.spec = spec;
        this.model = model;
        this.storeReader = new StoreReader(model.root(), spec, model.facts());
        this.origin = model.origin();
        this.folders = new FolderReader(name, spec, origin.platform());
        model.warnings().stream().filter(finding -> !isAnswered(finding)).forEach(findings::add);
    }

    /** What a store of the cluster's operators lacks, slipway.yaml may say. */
    private boolean isAnswered(Finding finding) {
        return finding.severity() == Severity.BLOCKER
                && finding.subject().startsWith("store ")
                && spec.stores().containsKey(finding.subject().substring("store ".length()));
    }

    static App read(String name, Spec spec, ComposeModel model) {
        return new AppReader(name, spec, model).app();
    }

    private App app() {
        Mapping definitions = Nodes.mapping(model.root(), "services");
        PartReader reader = new PartReader(definitions, spec, model.facts());
        definitions
                .entries()
                .keySet()
                .forEach(service -> parts.add(asSaid(reader.part(service, Nodes.mapping(definitions, service)))));
        parts.forEach(this::add);
        services.addAll(clockwork.jobs());
        stores.addAll(folders.stores());
        stores.addAll(external());
        findings.addAll(reader.findings());
        findings.addAll(clockwork.findings());
        findings.addAll(storeReader.findings());
        RouteReader routeReader = new RouteReader(parts, List.copyOf(services), led());
        List<Route> routes =
                origin.platform() == Platform.KUBERNETES ? ofServices(origin.routes()) : routeReader.routes();
        findings.addAll(routeReader.findings());
        return new App(
                name, origin.platform(), routeReader.withPorts(routes), stores, routes, declared(), ofWhatRuns());
    }

    private List<Route> led() {
        List<Route> routes = new ArrayList<>(model.facts().routes());
        routes.addAll(origin.routes());
        return routes;
    }

    private List<Route> ofServices(List<Route> routes) {
        Set<String> run = services.stream()
                .filter(service -> service.kind() == ServiceKind.APP)
                .map(AppService::name)
                .collect(Collectors.toSet());
        return routes.stream().filter(route -> run.contains(route.service())).toList();
    }

    /** What would be wrong with a service on the target is nothing to one that is not run there. */
    private List<Finding> ofWhatRuns() {
        Set<String> others = services.stream()
                .filter(service -> service.kind() != ServiceKind.APP && service.kind() != ServiceKind.JOB)
                .map(service -> "service " + service.name())
                .collect(Collectors.toSet());
        return origin.platform() != Platform.KUBERNETES
                ? findings
                : findings.stream()
                        .filter(finding -> !others.contains(finding.subject()))
                        .toList();
    }

    /** What its own platform runs once is a job, whatever its image: a backup is run with a database's own. */
    private Part asSaid(Part part) {
        Optional<ServiceKind> said = origin.service(part.name()).kind();
        boolean sure = said.filter(kind -> kind == ServiceKind.JOB || kind == ServiceKind.PROXY)
                .isPresent();
        boolean unknown = part.kind() == ServiceKind.APP && part.product().isEmpty();
        boolean named = spec.store(part.name()).engine().isPresent();
        return said.filter(kind -> !named && (sure || unknown)).map(part::as).orElse(part);
    }

    private void add(Part part) {
        AppService service =
                clockwork.of(service(part), part.definition(), model.facts().of(part.name()));
        services.add(
                service.kind() == ServiceKind.APP && JobSigns.isClock(part.name(), part.definition())
                        ? Services.single(service)
                        : service);
        switch (service.kind()) {
            case STORE -> addStore(part);
            case APP -> folders.add(part.name(), Mounts.of(part.definition()));
            case JOB, PROXY, MONITORING, OPERATIONS, DEVELOPMENT -> {}
        }
    }

    private void addStore(Part part) {
        spec.store(part.name())
                .engine()
                .or(() -> part.product().flatMap(Product::engine))
                .ifPresentOrElse(
                        engine -> stores.add(storeReader.store(part, engine)),
                        () -> part.product().ifPresent(product -> findings.add(unmoved(part.name(), product))));
    }

    private Finding unmoved(String service, Product product) {
        String message = "is " + product.name() + ", which Slipway does not move; on AWS it would be "
                + product.instead().orElse("a service of its own");
        return spec.store(service).role().filter(StoreRole.LEAVE::equals).isPresent()
                ? Finding.warning("store " + service, message + ". It stays where it is")
                : Finding.blocker(
                        "store " + service,
                        message + ". Say 'stores: {" + service
                                + ": {role: leave}}' in slipway.yaml to leave it where it is");
    }

    /** Stores that slipway.yaml names and the compose file does not hold. */
    private List<AppStore> external() {
        return spec.stores().entrySet().stream()
                .filter(entry -> entry.getValue().url().isPresent())
                .filter(entry -> stores.stream().noneMatch(store -> store.name().equals(entry.getKey())))
                .map(entry -> ExternalStores.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private AppService service(Part part) {
        Mapping definition = part.definition();
        ServiceOrigin said = origin.service(part.name());
        return new AppService(
                part.name(),
                part.kind(),
                part.product().map(Product::name),
                Nodes.text(definition, "image").filter(text -> !text.isBlank()),
                Ports.of(definition),
                environment(definition),
                Commands.words(definition, "command"),
                ContainerReader.of(definition),
                said.health().or(() -> HealthChecks.of(definition)),
                said.crontab().flatMap(crontab -> schedule(part.name(), crontab)),
                said.scaling(),
                Sizes.cpus(definition),
                Sizes.memoryMiB(definition),
                Sizes.replicas(definition),
                dependsOn(definition),
                volumes(part.kind(), definition),
                isCompose() ? Declared.of(definition) : said.declared());
    }

    private Map<String, SecretTemplate> declared() {
        return isCompose() ? Declared.of(model.root().without("services").without("name")) : origin.declared();
    }

    private boolean isCompose() {
        return origin.platform() == Platform.COMPOSE;
    }

    private Optional<String> schedule(String service, String crontab) {
        Optional<String> schedule = Schedules.of(crontab);
        if (schedule.isEmpty()) {
            findings.add(
                    Finding.blocker(
                            "service " + service,
                            "runs at '" + crontab
                                    + "', for which EventBridge Scheduler has no words: write other times, or two jobs in its place"));
        }
        return schedule;
    }

    private static List<Volume> volumes(ServiceKind kind, Mapping definition) {
        return Mounts.of(definition).stream()
                .map(mount -> new Volume(
                        mount.source(),
                        mount.target(),
                        mount.readOnly(),
                        kind == ServiceKind.APP ? FolderReader.storeName(mount) : Optional.empty()))
                .toList();
    }

    private static Map<String, SecretTemplate> environment(Mapping definition) {
        Mapping environment = Nodes.mappingOrEmpty(definition, "environment");
        Map<String, SecretTemplate> values = new TreeMap<>();
        // One without a value is not set.
        environment
                .entries()
                .keySet()
                .forEach(variable -> Nodes.text(environment, variable)
                        .ifPresent(value -> values.put(variable, new SecretTemplate(value))));
        return values;
    }

    private static List<String> dependsOn(Mapping definition) {
        return List.copyOf(
                Nodes.mappingOrEmpty(definition, "depends_on").entries().keySet());
    }
}
