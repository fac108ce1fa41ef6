package dev.slipway.compose;

import dev.slipway.compose.ServiceFacts.TimedCommand;
import dev.slipway.compose.SideFiles.Recipe;
import dev.slipway.compose.images.Catalog;
import dev.slipway.compose.images.Image;
import dev.slipway.compose.images.Product;
import dev.slipway.compose.routes.CaddyRoutes;
import dev.slipway.compose.routes.ConfigText;
import dev.slipway.compose.routes.Lead;
import dev.slipway.compose.routes.Leads;
import dev.slipway.compose.routes.LineRoutes;
import dev.slipway.compose.routes.NginxRoutes;
import dev.slipway.compose.routes.TraefikRoutes;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files that an app's services name: the proxies' configurations, a Redis' password, crontabs, Dockerfiles. */
final class SideReader {
    /** What stays what it is when files are added to its image. */
    private static final Set<ServiceKind> BUILT_UPON =
            Set.of(ServiceKind.STORE, ServiceKind.PROXY, ServiceKind.MONITORING, ServiceKind.OPERATIONS);

    private static final Pattern PASSWORD = Pattern.compile("(?m)^\\s*requirepass\\s+\"?([^\"\\s]+)\"?\\s*$");
    private static final Pattern DEFAULT_USER = Pattern.compile("(?m)^\\s*user\\s+default\\s+on\\b.*\\s>(\\S+).*$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern CRON = Pattern.compile("\\b(crond?|supercronic|yacron|go-cron)\\b");

    private final SideFiles files;
    private final SecretVault vault;
    private final Hosts hosts;
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, ServiceFacts> services = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private SideReader(Path folder, Mapping root, SecretVault vault, boolean oneHost) {
        this.files = new SideFiles(folder, root);
        this.vault = vault;
        this.hosts = new Hosts(Nodes.mapping(root, "services"), oneHost);
    }

    static FolderFacts read(Path folder, Mapping root, SecretVault vault) {
        return new SideReader(folder, root, vault, false).facts(root);
    }

    /** As {@link #read}, of processes of one host. */
    static FolderFacts readHost(Path folder, Mapping root, SecretVault vault) {
        return new SideReader(folder, root, vault, true).facts(root);
    }

    private FolderFacts facts(Mapping root) {
        Mapping definitions = Nodes.mapping(root, "services");
        definitions.entries().keySet().forEach(name -> service(name, Nodes.mapping(definitions, name)));
        return new FolderFacts(routes, services, findings);
    }

    private void service(String name, Mapping service) {
        Optional<Product> named =
                Catalog.of(Image.parse(Nodes.text(service, "image").orElse("")));
        Optional<Recipe> recipe = named.isPresent() ? Optional.empty() : files.recipe(service);
        Optional<Product> base = recipe.flatMap(found -> Catalog.of(Image.parse(found.base())))
                .filter(product -> BUILT_UPON.contains(product.kind()));
        Optional<Product> product = named.or(() -> base);
        List<ConfigText> own = new ArrayList<>(recipe.map(Recipe::files).orElse(List.of()));
        own.addAll(files.mounted(service));
        boolean hasFiles = recipe.stream().anyMatch(found -> !found.built().isEmpty());
        ServiceFacts facts = new ServiceFacts(
                product.filter(known -> known.kind() == ServiceKind.PROXY)
                        .flatMap(known -> proxy(name, known, service, own, hasFiles)),
                base.flatMap(known -> recipe.map(Recipe::base)),
                product.filter(known ->
                                known.engine().filter(StoreReader::isRedis).isPresent())
                        .flatMap(known -> password(name, own)),
                CRON.matcher(JobSigns.line(service)).find() ? jobs(name, own) : List.of());
        if (!facts.equals(ServiceFacts.NONE)) {
            services.put(name, facts);
        }
    }

    private Optional<ServiceKind> proxy(
            String name, Product product, Mapping service, List<ConfigText> own, boolean hasFiles) {
        Leads leads = new Leads("service " + name);
        read(product, service, own, leads);
        findings.addAll(leads.findings());
        List<Lead> led =
                leads.found().stream().filter(lead -> lead.to().isPresent()).toList();
        boolean files = hasFiles || led.size() < leads.found().size();
        if (led.isEmpty()) {
            return files ? Optional.of(ServiceKind.APP) : Optional.empty();
        }
        leads.found().forEach(lead -> route(name, lead));
        if (hasFiles && leads.found().stream().noneMatch(lead -> lead.to().isEmpty())) {
            routes.add(new Route(Optional.empty(), "/*", name, Optional.empty(), "Dockerfile of service " + name));
        }
        if (files) {
            findings.add(
                    Finding.warning(
                            "service " + name,
                            "hands out files of its own, so it runs on the target too: put its files and its configuration into its image, without the services that the load balancer leads to"));
        }
        return Optional.of(files ? ServiceKind.APP : ServiceKind.PROXY);
    }

    private static void read(Product product, Mapping service, List<ConfigText> own, Leads leads) {
        Map<String, String> environment = environment(service);
        switch (product.name()) {
            case "nginx", "varnish", "nginx-proxy", "swag", "ingress-nginx" -> {
                List<ConfigText> nginx = own.stream()
                        .filter(
                                file -> file.target().matches(".*(nginx|openresty|conf\\.d).*")
                                        && file.target()
                                                .matches(
                                                        ".*\\.(conf|template|tmpl|inc)|.*/sites-enabled/[^/]+|.*/snippets/[^/]+"))
                        .map(file -> filled(file, environment))
                        .toList();
                NginxRoutes.read(nginx, leads);
            }
            case "caddy" ->
                own.stream()
                        .filter(file -> file.target().endsWith("Caddyfile"))
                        .forEach(file -> CaddyRoutes.read(file, environment, leads));
            case "traefik" ->
                own.stream()
                        .filter(file -> file.target().matches(".*\\.ya?ml"))
                        .forEach(file -> TraefikRoutes.read(file, leads));
            case "httpd" ->
                own.stream()
                        .filter(file -> file.target().endsWith(".conf"))
                        .forEach(file -> LineRoutes.readApache(file, leads));
            case "haproxy" ->
                own.stream()
                        .filter(file -> file.target().endsWith(".cfg"))
                        .forEach(file -> LineRoutes.readHaproxy(file, leads));
            default -> {}
        }
    }

    private static Map<String, String> environment(Mapping service) {
        Mapping environment = Nodes.mappingOrEmpty(service, "environment");
        Map<String, String> values = new HashMap<>();
        environment
                .entries()
                .keySet()
                .forEach(name -> Nodes.text(environment, name).ifPresent(value -> values.put(name, value)));
        return values;
    }

    /** nginx' image fills in its templates so. */
    private static ConfigText filled(ConfigText file, Map<String, String> environment) {
        String text = VARIABLE.matcher(file.text())
                .replaceAll(found -> Matcher.quoteReplacement(
                        Optional.ofNullable(environment.get(found.group(1))).orElse(found.group())));
        return new ConfigText(file.name(), file.target(), text);
    }

    private void route(String proxy, Lead lead) {
        Optional<String> service =
                lead.to().isEmpty() ? Optional.of(proxy) : lead.to().flatMap(host -> hosts.service(host, lead.port()));
        service.ifPresentOrElse(
                to -> routes.add(new Route(lead.host(), lead.path(), to, lead.port(), lead.from())),
                () -> findings.add(Finding.warning(
                        "service " + proxy,
                        lead.from() + " leads " + lead.path() + " to "
                                + lead.to().orElse("")
                                + ", which is no service of the app: add a rule of the load balancer by hand")));
    }

    private Optional<SecretTemplate> password(String name, List<ConfigText> own) {
        return own.stream()
                .flatMap(file -> Stream.of(PASSWORD, DEFAULT_USER)
                        .flatMap(pattern -> pattern.matcher(file.text()).results()))
                .map(found -> vault.putOrReuse(name + "_PASSWORD", found.group(1)))
                .findFirst();
    }

    private List<TimedCommand> jobs(String name, List<ConfigText> own) {
        List<TimedCommand> jobs = new ArrayList<>();
        own.stream()
                .filter(file -> file.target().matches(".*cron[^/]*|.*/cron[^/]*/[^/]+"))
                .forEach(
                        file -> Crontab.read(file)
                                .forEach(
                                        line -> line.schedule()
                                                .ifPresentOrElse(
                                                        schedule -> jobs.add(new TimedCommand(
                                                                schedule,
                                                                new SecretText(vault)
                                                                        .extract(
                                                                                name,
                                                                                SecretTemplate.literal(
                                                                                        line.command())))),
                                                        () -> findings.add(
                                                                Finding.warning(
                                                                        "service " + name,
                                                                        line.from() + " runs at '" + line.times()
                                                                                + "', which EventBridge Scheduler cannot say: write it as two lines")))));
        return jobs;
    }
}
