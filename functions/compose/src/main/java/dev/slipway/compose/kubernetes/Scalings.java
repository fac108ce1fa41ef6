package dev.slipway.compose.kubernetes;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.Scaling;
import io.fabric8.kubernetes.api.model.autoscaling.v1.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads HorizontalPodAutoscalers: the number of pods, and the use of processors that it follows. */
final class Scalings {
    /** What a cluster takes where nothing is said. */
    private static final int CPU_PERCENT = 80;

    private final List<Scaled> all = new ArrayList<>();
    private final Consumer<Finding> findings;

    private record Scaled(Manifest manifest, String kind, String name, Scaling scaling) {}

    Scalings(Cluster cluster, Consumer<Finding> findings) {
        this.findings = findings;
        cluster.ofKind("HorizontalPodAutoscaler")
                .filter(manifest -> manifest.group().equals("autoscaling"))
                .forEach(this::add);
    }

    Optional<Scaling> of(Workload workload) {
        return found(workload).map(Scaled::scaling);
    }

    Optional<Manifest> manifest(Workload workload) {
        return found(workload).map(Scaled::manifest);
    }

    private Optional<Scaled> found(Workload workload) {
        Manifest manifest = workload.manifest();
        return all.stream()
                .filter(each -> each.kind().equals(manifest.kind())
                        && each.name().equals(manifest.name())
                        && each.manifest().isBeside(manifest))
                .findFirst();
    }

    private void add(Manifest manifest) {
        if (manifest.apiVersion().endsWith("/v1")) {
            HorizontalPodAutoscalerSpec spec = Models.spec(manifest, HorizontalPodAutoscalerSpec.class);
            Optional.ofNullable(spec.getScaleTargetRef())
                    .ifPresent(target -> add(
                            manifest,
                            target.getKind(),
                            target.getName(),
                            spec.getMinReplicas(),
                            spec.getMaxReplicas(),
                            Optional.ofNullable(spec.getTargetCPUUtilizationPercentage())
                                    .orElse(CPU_PERCENT)));
        } else {
            var spec = Models.spec(
                    manifest, io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec.class);
            Optional.ofNullable(spec.getScaleTargetRef())
                    .ifPresent(target -> add(
                            manifest,
                            target.getKind(),
                            target.getName(),
                            spec.getMinReplicas(),
                            spec.getMaxReplicas(),
                            cpuPercent(manifest, spec.getMetrics())));
        }
    }

    private void add(
            Manifest manifest, String kind, String name, @Nullable Integer least, @Nullable Integer most, int percent) {
        int from = least == null ? 1 : Math.max(1, least);
        int to = most == null ? from : Math.max(from, most);
        all.add(new Scaled(manifest, String.valueOf(kind), String.valueOf(name), new Scaling(from, to, percent)));
    }

    private int cpuPercent(Manifest manifest, List<MetricSpec> metrics) {
        Optional<Integer> percent = Optional.empty();
        for (MetricSpec metric : metrics) {
            Optional<Integer> own = Optional.ofNullable(metric.getResource())
                    .filter(resource -> "cpu".equals(resource.getName()))
                    .map(resource -> resource.getTarget())
                    .map(MetricTarget::getAverageUtilization);
            if (own.isEmpty()) {
                findings.accept(
                        Finding.warning(
                                manifest.subject(),
                                "scales by more than the use of processors (" + metric.getType()
                                        + "): on the target only that is followed; add a policy of your own where it is needed"));
            }
            percent = percent.or(() -> own);
        }
        return percent.orElse(CPU_PERCENT);
    }
}
