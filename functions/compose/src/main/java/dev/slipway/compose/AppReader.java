package dev.slipway.compose;

import dev.slipway.compose.images.Catalog;
import dev.slipway.compose.images.Image;
import dev.slipway.compose.images.Product;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.Volume;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Understands a compose model: which services are the app's own, which are stores, and where its files lie. */
final class AppReader {
    private final String name;
    private final Spec spec;
    private final ComposeModel model;
    private final StoreReader storeReader;
    private final FolderReader folders;
    private final List<AppService> services = new ArrayList<>();
    private final List<AppStore> stores = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private AppReader(String name, Spec spec, ComposeModel model) {
        this.name = name;
        this.spec = spec;
        this.model = model;
        this.storeReader = new StoreReader(model.root(), spec);
        this.folders = new FolderReader(name, spec);
        findings.addAll(model.warnings());
    }

    static App read(String name, Spec spec, ComposeModel model) {
        return new AppReader(name, spec, model).app();
    }

    private App app() {
        Mapping definitions = Nodes.mapping(model.root(), "services");
        definitions.entries().keySet().forEach(service -> add(service, Nodes.mapping(definitions, service)));
        stores.addAll(folders.stores());
        stores.addAll(external());
        return new App(name, Platform.COMPOSE, services, stores, List.of(), declared(), findings);
    }

    private void add(String service, Mapping definition) {
        Image image = Image.parse(Nodes.text(definition, "image").orElse(""));
        Optional<Product> product = Catalog.of(image);
        ServiceKind kind = spec.store(service).engine().isPresent()
                ? ServiceKind.STORE
                : product.map(Product::kind).orElse(ServiceKind.APP);
        services.add(service(service, kind, product, definition));
        switch (kind) {
            case STORE -> addStore(service, definition, image, product);
            case APP -> folders.add(service, Mounts.of(definition));
            case JOB, PROXY, MONITORING, OPERATIONS, DEVELOPMENT -> {}
        }
    }

    private void addStore(String service, Mapping definition, Image image, Optional<Product> product) {
        String version = product.map(known -> known.version(image)).orElse("");
        spec.store(service)
                .engine()
                .or(() -> product.flatMap(Product::engine))
                .ifPresentOrElse(
                        engine -> stores.add(storeReader.store(service, definition, version, engine)),
                        () -> product.ifPresent(known -> findings.add(unmoved(service, known))));
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

    private AppService service(String service, ServiceKind kind, Optional<Product> product, Mapping definition) {
        return new AppService(
                service,
                kind,
                product.map(Product::name),
                Nodes.text(definition, "image").filter(text -> !text.isBlank()),
                Ports.of(definition),
                environment(definition),
                Commands.words(definition, "command"),
                HealthChecks.of(definition),
                Optional.empty(),
                Optional.empty(),
                Sizes.cpus(definition),
                Sizes.memoryMiB(definition),
                Sizes.replicas(definition),
                dependsOn(definition),
                volumes(kind, definition),
                Declared.of(definition));
    }

    private Map<String, SecretTemplate> declared() {
        return Declared.of(model.root().without("services").without("name"));
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
