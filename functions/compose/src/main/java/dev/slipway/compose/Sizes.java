package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how much a service needs: {@code deploy.resources} first, then the older keys. */
final class Sizes {
    private static final Pattern BYTES = Pattern.compile("(?i)(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)i?b?");
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);
    private static final long MIB = 1L << 20;

    private Sizes() {}

    static Optional<Double> cpus(Mapping service) {
        return resource(service, "cpus", "cpus").map(found -> {
            if (!found.text().matches("\\d+(\\.\\d+)?|\\.\\d+")) {
                throw found.at().invalid("cpus '" + found.text() + "' is no number", "write processors, e.g. '0.5'");
            }
            return Double.valueOf(found.text());
        });
    }

    static Optional<Integer> memoryMiB(Mapping service) {
        return resource(service, "memory", "mem_limit").map(found -> {
            Matcher bytes = BYTES.matcher(found.text().strip());
            if (!bytes.matches()) {
                throw found.at()
                        .invalid("the memory '" + found.text() + "' cannot be understood", "write e.g. 512M or 1g");
            }
            long unit = UNITS.getOrDefault(bytes.group(2).toLowerCase(Locale.ROOT), 1L);
            double mib = Math.ceil(Double.parseDouble(bytes.group(1)) * unit / MIB);
            return (int) Math.min(mib, Integer.MAX_VALUE);
        });
    }

    static int replicas(Mapping service) {
        Mapping deploy = Nodes.mappingOrEmpty(service, "deploy");
        return Nodes.text(deploy, "replicas")
                .map(text -> count(text, deploy.at("replicas")))
                .or(() -> Nodes.text(service, "scale").map(text -> count(text, service.at("scale"))))
                .orElse(1);
    }

    private static int count(String text, Position at) {
        if (!text.matches("\\d{1,4}")) {
            throw at.invalid("replicas '" + text + "' is no number of tasks", "write a whole number");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Found> resource(Mapping service, String key, String older) {
        Mapping resources = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(service, "deploy"), "resources");
        return found(Nodes.mappingOrEmpty(resources, "limits"), key)
                .or(() -> found(Nodes.mappingOrEmpty(resources, "reservations"), key))
                .or(() -> found(service, older));
    }

    private static Optional<Found> found(Mapping owner, String key) {
        return Nodes.text(owner, key).map(text -> new Found(text, owner.at(key)));
    }

    private record Found(String text, Position at) {}
}
