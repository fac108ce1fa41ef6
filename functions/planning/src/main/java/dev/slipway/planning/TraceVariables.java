package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.Collector;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables that say where traces are sent. On the target a collector takes them, which is AWS Distro for OpenTelemetry: it listens
 * where Jaeger and its kin do, and hands them to X-Ray. In a cluster that is the agent of CloudWatch, an add-on, whose ports are two
 * less.
 */
final class TraceVariables {
    private static final Pattern NAME =
            Pattern.compile("OTEL_.*|OTLP_.*|JAEGER_.*|ZIPKIN_.*|TEMPO_.*|TRACING_.*|.*_OTLP_.*");

    private final List<String> receivers;
    private final boolean inCluster;
    private final String collector;

    TraceVariables(App app, Spec spec) {
        this.inCluster = spec.target().compute() == Compute.EKS;
        this.receivers = app.services(ServiceKind.MONITORING).stream()
                .flatMap(service -> HostNames.of(service).stream())
                .toList();
        this.collector = inCluster ? Collector.AGENT : CloudMap.hostName(app.name(), Collector.NAME);
    }

    /** Whether the collector is the cluster's own, which the target has. */
    boolean inCluster() {
        return inCluster;
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
                    .replaceAll(Matcher.quoteReplacement(collector));
        }
        if (inCluster) {
            changed = changed.replace(collector + ":4317", collector + ":4315")
                    .replace(collector + ":4318", collector + ":4316");
        }
        return changed.equals(value.text()) ? Optional.empty() : Optional.of(new SecretTemplate(changed));
    }
}
