package dev.slipway.compose;

import dev.slipway.compose.ServiceFacts.TimedCommand;
import dev.slipway.compose.origin.Origin;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.Route;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Carries what was found while reading a folder into the file that is uploaded, where the folder is no longer at hand. */
final class Uploaded {
    private static final String KEY = "x-slipway";
    private static final String ORIGIN = "origin";

    private Uploaded() {}

    static List<Finding> findings(Mapping root) {
        return Stream.concat(findings(root, "warnings", Severity.WARNING), findings(root, "blockers", Severity.BLOCKER))
                .toList();
    }

    private static Stream<Finding> findings(Mapping root, String key, Severity severity) {
        return mappings(extension(root), key)
                .map(entry -> new Finding(
                        severity,
                        plain(entry, "subject").orElse("-"),
                        plain(entry, "message").orElse("")));
    }

    static Origin origin(Mapping root) {
        Mapping origin = Nodes.mappingOrEmpty(extension(root), ORIGIN);
        return origin.entries().isEmpty() ? Origin.COMPOSE : Origin.of(origin);
    }

    static FolderFacts facts(Mapping root) {
        Mapping services = Nodes.mappingOrEmpty(extension(root), "services");
        Map<String, ServiceFacts> facts = new TreeMap<>();
        services.entries().keySet().forEach(name -> facts.put(name, facts(services, name)));
        return new FolderFacts(
                mappings(extension(root), "routes").map(Uploaded::route).toList(), facts, List.of());
    }

    private static ServiceFacts facts(Mapping services, String name) {
        Mapping facts = Nodes.mappingOrEmpty(services, name);
        return new ServiceFacts(
                text(facts, "kind").flatMap(Uploaded::kind),
                plain(facts, "base"),
                text(facts, "password").map(SecretTemplate::new),
                mappings(facts, "jobs")
                        .map(job -> new TimedCommand(
                                text(job, "schedule").orElse(""),
                                new SecretTemplate(text(job, "command").orElse(""))))
                        .toList());
    }

    private static Optional<ServiceKind> kind(String text) {
        return List.of(ServiceKind.values()).stream()
                .filter(kind -> kind.name().equals(text))
                .findFirst();
    }

    private static Route route(Mapping entry) {
        return new Route(
                plain(entry, "host"),
                plain(entry, "path").orElse("/*"),
                plain(entry, "service").orElse(""),
                text(entry, "port").filter(port -> port.matches("\\d{1,5}")).map(Integer::valueOf),
                plain(entry, "from").orElse(""));
    }

    static Mapping add(Mapping root, List<Finding> findings, FolderFacts facts, Origin origin) {
        Position at = root.at();
        Map<String, YamlNode> extension = new LinkedHashMap<>();
        put(extension, "warnings", each(only(findings, Severity.WARNING), Uploaded::entry, at));
        put(extension, "blockers", each(only(findings, Severity.BLOCKER), Uploaded::entry, at));
        put(extension, "routes", each(facts.routes(), Uploaded::entry, at));
        Map<String, YamlNode> services = new TreeMap<>();
        facts.services().forEach((name, service) -> services.put(name, entry(service, at)));
        if (!services.isEmpty()) {
            extension.put("services", Mapping.of(services, at));
        }
        if (origin.platform() != Platform.COMPOSE) {
            extension.put(ORIGIN, origin.toYaml());
        }
        return extension.isEmpty() ? root : root.with(KEY, Mapping.of(extension, at));
    }

    private static List<Finding> only(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    private static Mapping entry(Finding finding, Position at) {
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        entry.put("subject", plain(finding.subject(), at));
        entry.put("message", plain(finding.message(), at));
        return Mapping.of(entry, at);
    }

    private static Mapping entry(Route route, Position at) {
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        route.host().ifPresent(host -> entry.put("host", plain(host, at)));
        entry.put("path", plain(route.path(), at));
        entry.put("service", plain(route.service(), at));
        route.port().ifPresent(port -> entry.put("port", Scalar.string(Integer.toString(port), at)));
        entry.put("from", plain(route.from(), at));
        return Mapping.of(entry, at);
    }

    private static Mapping entry(ServiceFacts facts, Position at) {
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        facts.kind().ifPresent(kind -> entry.put("kind", Scalar.string(kind.name(), at)));
        facts.base().ifPresent(base -> entry.put("base", plain(base, at)));
        facts.password().ifPresent(password -> entry.put("password", Scalar.string(password.text(), at)));
        put(entry, "jobs", each(facts.jobs(), Uploaded::entry, at));
        return Mapping.of(entry, at);
    }

    private static Mapping entry(TimedCommand job, Position at) {
        Map<String, YamlNode> entry = new LinkedHashMap<>();
        entry.put("schedule", Scalar.string(job.schedule(), at));
        entry.put("command", Scalar.string(job.command().text(), at));
        return Mapping.of(entry, at);
    }

    private static <T> Sequence each(List<T> items, BiFunction<T, Position, Mapping> entry, Position at) {
        return new Sequence(
                items.stream().<YamlNode>map(item -> entry.apply(item, at)).toList(), at);
    }

    private static void put(Map<String, YamlNode> entries, String key, Sequence values) {
        if (!values.items().isEmpty()) {
            entries.put(key, values);
        }
    }

    /** Text without references: a dollar is a dollar. */
    private static Scalar plain(String text, Position at) {
        return Scalar.string(SecretTemplate.literal(text).text(), at);
    }

    private static Optional<String> plain(Mapping entry, String key) {
        return text(entry, key).map(text -> text.replace("$$", "$"));
    }

    private static Mapping extension(Mapping root) {
        return Nodes.mappingOrEmpty(root, KEY);
    }

    private static Optional<String> text(Mapping entry, String key) {
        return Nodes.text(entry, key);
    }

    private static Stream<Mapping> mappings(Mapping owner, String key) {
        return Nodes.list(owner, key).stream().filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }
}
