package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the names of an object server's buckets in the services around it. */
final class Buckets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern VARIABLE = Pattern.compile("(?i)(.*_)?BUCKET(S)?(_?NAMES?)?(_.*)?");
    private static final Pattern ABOUT =
            Pattern.compile("(?i).*_(REGION|URL|ENDPOINT|HOST|PORT|PREFIX|PATH|ACL|POLICY|PUBLIC|ENABLED|KEY|TYPE)");
    private static final Pattern MADE = Pattern.compile(
            "\\bmc\\s+(?:-\\S+\\s+)*mb\\s+((?:-\\S+\\s+)*)((?:\\S+/\\S+\\s*)+)|s3(?:api)?\\s+mb\\s+()s3://(\\S+)");

    private Buckets() {}

    /** In order of their names. */
    static List<String> of(Mapping services, String server) {
        Set<String> names = new TreeSet<>();
        services.entries().forEach((name, service) -> {
            if (service instanceof Mapping own) {
                Mapping environment = Nodes.mappingOrEmpty(own, "environment");
                made(JobSigns.line(own), names);
                environment.entries().keySet().stream()
                        .filter(variable -> name.equals(server)
                                ? variable.equals("MINIO_DEFAULT_BUCKETS")
                                : VARIABLE.matcher(variable).matches()
                                        && !ABOUT.matcher(variable).matches())
                        .flatMap(variable -> Nodes.text(environment, variable).stream())
                        .forEach(value -> listed(value, names));
            }
        });
        return List.copyOf(names);
    }

    /** {@code a,b:public} */
    private static void listed(String value, Set<String> names) {
        Arrays.stream(value.split("[,;\\s]+", -1))
                .map(bucket -> bucket.replaceFirst(":.*$", ""))
                .filter(bucket -> NAME.matcher(bucket).matches() && !bucket.matches("true|false|[0-9.]+"))
                .forEach(names::add);
    }

    private static void made(String line, Set<String> names) {
        MADE.matcher(line).results().forEach(found -> {
            String places = found.group(2) == null ? "x/" + found.group(4) : found.group(2);
            Arrays.stream(places.strip().split("\\s+", -1))
                    .map(place -> place.replaceAll("[\"';]", "")
                            .replaceFirst("^[^/]*/", "")
                            .replaceFirst("/.*$", ""))
                    .filter(bucket -> NAME.matcher(bucket).matches())
                    .forEach(names::add);
        });
    }
}
