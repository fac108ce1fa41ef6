package dev.slipway.compose;

import dev.slipway.compose.StoreSigns.Likeness;
import dev.slipway.compose.images.Catalog;
import dev.slipway.compose.images.Image;
import dev.slipway.compose.images.Product;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells what part each service plays: by what slipway.yaml says, by its image, by its command, and by what it looks like. */
final class PartReader {
    private static final Pattern SERVER = Pattern.compile(
            "\\b(redis-server|valkey-server|postgres\\s+-|mysqld|mongod|minio\\s+server|server\\s+/|docker-entrypoint)");
    /** Where a web server keeps the files that it serves. */
    private static final Pattern SITE =
            Pattern.compile("/usr/share/nginx/html.*|/var/www.*|/srv.*|/usr/local/apache2/htdocs.*");

    private final Mapping services;
    private final Spec spec;
    private final FolderFacts facts;
    private final Set<String> awaited;
    private final List<Finding> findings = new ArrayList<>();

    PartReader(Mapping services, Spec spec, FolderFacts facts) {
        this.services = services;
        this.spec = spec;
        this.facts = facts;
        this.awaited = awaited(services);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The services of which another one says {@code service_completed_successfully}. */
    private static Set<String> awaited(Mapping services) {
        Set<String> awaited = new HashSet<>();
        services.entries().values().forEach(service -> {
            Mapping dependencies = service instanceof Mapping own
                    ? Nodes.mappingOrEmpty(own, "depends_on")
                    : Mapping.empty(service.at());
            dependencies.entries().forEach((name, condition) -> {
                if (completes(condition)) {
                    awaited.add(name);
                }
            });
        });
        return awaited;
    }

    private static boolean completes(YamlNode dependency) {
        return dependency instanceof Mapping own
                && Nodes.text(own, "condition")
                        .filter("service_completed_successfully"::equals)
                        .isPresent();
    }

    Part part(String name, Mapping definition) {
        Image image = Image.parse(Nodes.text(definition, "image").orElse(""));
        Optional<Product> named = Catalog.of(image);
        if (spec.store(name).engine().isPresent()) {
            return new Part(name, definition, image, named, ServiceKind.STORE);
        }
        if (named.isPresent()) {
            return known(name, definition, image, named.get());
        }
        Optional<Image> base = facts.of(name).base().map(Image::parse);
        Optional<Product> built = base.flatMap(Catalog::of);
        if (built.isPresent()) {
            return built(name, definition, base.get(), built.get());
        }
        boolean job = JobSigns.isJob(name, definition, awaited.contains(name));
        return job
                ? new Part(name, definition, image, Optional.empty(), ServiceKind.JOB)
                : other(name, definition, image);
    }

    private Part known(String name, Mapping definition, Image image, Product product) {
        boolean ends = awaited.contains(name) || JobSigns.endsByItself(definition);
        boolean client = product.kind() == ServiceKind.STORE
                && ends
                && !SERVER.matcher(JobSigns.line(definition)).find();
        if (client) {
            return new Part(name, definition, image, Optional.empty(), ServiceKind.JOB);
        }
        ServiceKind kind = product.kind() == ServiceKind.PROXY ? proxy(name, definition) : product.kind();
        return new Part(name, definition, image, Optional.of(product), kind);
    }

    private Part built(String name, Mapping definition, Image base, Product product) {
        if (product.kind() == ServiceKind.STORE) {
            findings.add(Finding.warning(
                    "service " + name,
                    "is taken for " + product.name()
                            + " because it is built from its image: what its Dockerfile adds is not moved"));
        }
        if (product.kind() == ServiceKind.PROXY && facts.of(name).kind().isEmpty()) {
            findings.add(
                    Finding.warning(
                            "service " + name,
                            "is built from " + product.name()
                                    + ", and its configuration is not at hand: it runs as it is, and services that it leads to have other names on the target"));
        }
        ServiceKind kind =
                product.kind() == ServiceKind.PROXY ? facts.of(name).kind().orElse(ServiceKind.APP) : product.kind();
        // An image of the app's own that begins with a web server's is the app's own.
        Optional<Product> kept = kind == ServiceKind.APP ? Optional.empty() : Optional.of(product);
        return new Part(name, definition, base, kept, kind);
    }

    private Part other(String name, Mapping definition, Image image) {
        Optional<Likeness> likeness = StoreSigns.of(name, definition, image);
        likeness.ifPresent(found -> findings.add(Finding.warning(
                "service " + name,
                "looks like " + found.product().name() + " because " + found.reason()
                        + ": if it is another store, say 'stores: {" + name + ": {engine: …}}' in slipway.yaml")));
        return new Part(
                name,
                definition,
                image,
                likeness.map(Likeness::product),
                likeness.map(found -> found.product().kind()).orElse(ServiceKind.APP));
    }

    /** Without its configuration, a web server is taken for a proxy where it waits for services and has no files. */
    private ServiceKind proxy(String name, Mapping definition) {
        boolean alone = Nodes.mappingOrEmpty(definition, "depends_on").entries().isEmpty();
        boolean files = Mounts.of(definition).stream()
                .anyMatch(mount -> SITE.matcher(mount.target()).matches());
        boolean only = services.entries().size() == 1;
        boolean webServer = Catalog.of(
                        Image.parse(Nodes.text(definition, "image").orElse("")))
                .map(Product::name)
                .filter(product -> product.matches("nginx|httpd|caddy"))
                .isPresent();
        return facts.of(name)
                .kind()
                .orElse(webServer && (only || files || alone) ? ServiceKind.APP : ServiceKind.PROXY);
    }
}
