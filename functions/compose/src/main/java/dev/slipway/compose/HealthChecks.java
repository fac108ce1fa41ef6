package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code healthcheck}. */
final class HealthChecks {
    private static final Pattern URL = Pattern.compile("https?://[^/\\s'\"]+(/[^\\s'\"|;)]*)?");
    /** Docker's own defaults. */
    static final int INTERVAL_SECONDS = 30;

    private static final int TIMEOUT_SECONDS = 30;

    private static final int RETRIES = 3;

    private HealthChecks() {}

    static Optional<HealthCheck> of(Mapping service) {
        Mapping check = Nodes.mappingOrEmpty(service, "healthcheck");
        boolean disabled = Nodes.text(check, "disable").map("true"::equals).orElse(false);
        List<SecretTemplate> command = Commands.words(check, "test");
        if (disabled || command.isEmpty() || command.getFirst().text().equals("NONE")) {
            return Optional.empty();
        }
        return Optional.of(new HealthCheck(
                command,
                path(command),
                seconds(check, "interval", INTERVAL_SECONDS),
                seconds(check, "timeout", TIMEOUT_SECONDS),
                retries(check),
                seconds(check, "start_period", 0)));
    }

    private static Optional<String> path(List<SecretTemplate> command) {
        return command.stream()
                .map(part -> URL.matcher(part.text()))
                .filter(Matcher::find)
                .map(found -> Optional.ofNullable(found.group(1)).orElse("/"))
                .findFirst();
    }

    private static int seconds(Mapping check, String key, int usual) {
        return Nodes.text(check, key)
                .map(text -> Durations.parse(text, check.at(key)).toSeconds())
                .map(seconds -> (int) Math.min(seconds, Integer.MAX_VALUE))
                .orElse(usual);
    }

    private static int retries(Mapping check) {
        return Nodes.text(check, "retries")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::valueOf)
                .orElse(RETRIES);
    }
}
