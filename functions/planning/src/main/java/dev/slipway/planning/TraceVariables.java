package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables that say where traces are sent. On the target a collector beside the task takes them, which is AWS Distro for
 * OpenTelemetry: it listens where Jaeger and its kin do, and hands them to X-Ray.
 */
final class TraceVariables {
    private static final Pattern NAME =
            Pattern.compile("OTEL_.*|OTLP_.*|JAEGER_.*|ZIPKIN_.*|TEMPO_.*|TRACING_.*|.*_OTLP_.*");
    private static final String BESIDE = "localhost";

    private final List<String> receivers;

    TraceVariables(App app) {
        this.receivers = app.services(ServiceKind.MONITORING).stream()
                .flatMap(service -> HostNames.of(service).stream())
                .toList();
    }

    Optional<SecretTemplate> rewrite(String name, SecretTemplate value) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        String changed = value.text();
        for (String receiver : receivers) {
            changed = Pattern.compile("(?<![A-Za-z0-9_.-])" + Pattern.quote(receiver)
                            + "(?:\\.[a-z0-9-]+\\.svc(?:\\.cluster\\.local)?)?" + "(?![A-Za-z0-9_-])(?!\\.[A-Za-z])")
                    .matcher(changed)
                    .replaceAll(Matcher.quoteReplacement(BESIDE));
        }
        return changed.equals(value.text()) ? Optional.empty() : Optional.of(new SecretTemplate(changed));
    }
}
