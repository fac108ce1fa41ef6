package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.ContainerOptions.OpenFiles;
import dev.slipway.migration.app.ContainerOptions.Temporary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the keys of a service that say how its container runs. */
final class ContainerReader {
    private static final long MIB = 1L << 20;
    private static final String TRACES = "SYS_PTRACE";

    private ContainerReader() {}

    static ContainerOptions of(Mapping service) {
        return new ContainerOptions(
                Commands.words(service, "entrypoint"),
                text(service, "working_dir"),
                text(service, "user"),
                text(service, "read_only").filter("true"::equals).isPresent(),
                text(service, "stop_grace_period").map(period -> (int) Math.max(
                        1,
                        Durations.parse(period, service.at("stop_grace_period")).toSeconds())),
                openFiles(service),
                capabilities(service, "cap_drop"),
                capabilities(service, "cap_add").contains(TRACES),
                controls(service),
                temporary(service),
                text(service, "platform")
                        .map(platform -> platform.replaceFirst("^[^/]*/", ""))
                        .map(ContainerReader::architecture),
                portNames(service));
    }

    private static Optional<String> text(Mapping owner, String key) {
        return Nodes.text(owner, key).filter(Predicate.not(String::isBlank));
    }

    private static List<String> capabilities(Mapping service, String key) {
        return Nodes.list(service, key).stream()
                .map(item -> Nodes.asText(key, item).replaceFirst("^CAP_", ""))
                .distinct()
                .toList();
    }

    private static Optional<OpenFiles> openFiles(Mapping service) {
        return Nodes.mappingOrEmpty(service, "ulimits").get("nofile").flatMap(limit -> switch (limit) {
            case Scalar one -> number(one.text()).map(both -> new OpenFiles(both, both));
            case Mapping two -> {
                Optional<Integer> hard = Nodes.text(two, "hard").flatMap(ContainerReader::number);
                Optional<Integer> soft = Nodes.text(two, "soft").flatMap(ContainerReader::number);
                yield hard.or(() -> soft).map(most -> new OpenFiles(soft.orElse(most), most));
            }
            case YamlNode.Sequence _ -> Optional.<OpenFiles>empty();
        });
    }

    private static Optional<Integer> number(String text) {
        return Optional.of(text).filter(digits -> digits.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    /** Docker takes a list of {@code name=value}, too. */
    private static Map<String, String> controls(Mapping service) {
        Map<String, String> controls = new TreeMap<>();
        switch (service.get("sysctls").orElse(Mapping.empty(service.at("sysctls")))) {
            case Mapping mapping ->
                mapping.entries().forEach((name, value) -> controls.put(name, Nodes.asText(name, value)));
            case YamlNode list ->
                Nodes.list(service, "sysctls").forEach(item -> {
                    String[] pair = Nodes.asText("sysctls", item).split("=", 2);
                    controls.put(pair[0], pair.length == 2 ? pair[1] : "");
                });
        }
        return controls;
    }

    private static List<Temporary> temporary(Mapping service) {
        List<Temporary> folders = new ArrayList<>();
        Nodes.list(service, "tmpfs").forEach(item -> folders.add(temporary(Nodes.asText("tmpfs", item))));
        Nodes.list(service, "volumes").stream()
                .flatMap(volume -> volume instanceof Mapping mapping ? Stream.of(mapping) : Stream.empty())
                .filter(volume -> text(volume, "type").filter("tmpfs"::equals).isPresent())
                .forEach(volume -> text(volume, "target").ifPresent(path -> folders.add(mounted(path, volume))));
        return folders;
    }

    private static Temporary mounted(String path, Mapping volume) {
        return new Temporary(
                path, text(Nodes.mappingOrEmpty(volume, "tmpfs"), "size").flatMap(ContainerReader::mib), List.of());
    }

    /** {@code PATH[:OPTION,…]}, of which {@code size} is one. */
    private static Temporary temporary(String written) {
        String[] parts = written.split(":", 2);
        List<String> options = parts.length == 1 ? List.of() : Arrays.asList(parts[1].split(","));
        return new Temporary(
                parts[0],
                options.stream()
                        .filter(option -> option.startsWith("size="))
                        .findFirst()
                        .flatMap(option -> mib(option.substring("size=".length()))),
                options.stream()
                        .filter(option -> !option.isBlank() && !option.startsWith("size="))
                        .toList());
    }

    private static Optional<Integer> mib(String size) {
        return ByteSizes.parse(size).map(bytes ->
                (int) Math.max(1, Math.min(Math.ceilDiv(bytes, MIB), Integer.MAX_VALUE)));
    }

    private static String architecture(String platform) {
        return platform.startsWith("arm64") || platform.startsWith("aarch64") ? "arm64" : "amd64";
    }

    private static Map<Integer, String> portNames(Mapping service) {
        Map<Integer, String> names = new TreeMap<>();
        Nodes.list(service, "ports").stream()
                .flatMap(port -> port instanceof Mapping mapping ? Stream.of(mapping) : Stream.empty())
                .forEach(port -> text(port, "name")
                        .ifPresent(name -> text(port, "target")
                                .flatMap(ContainerReader::number)
                                .ifPresent(target -> names.putIfAbsent(target, name))));
        return names;
    }
}
