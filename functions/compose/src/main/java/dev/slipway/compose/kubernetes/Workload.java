package dev.slipway.compose.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs pods.
 *
 * @param template where the pod's own keys begin, e.g. {@code spec.template.spec}
 * @param replicas as written; 1 where nothing is
 * @param crontab of a CronJob
 * @param timeZone of a CronJob
 * @param claims templates of a StatefulSet's volumes
 */
record Workload(
        Manifest manifest,
        List<String> template,
        PodSpec pod,
        Map<String, String> labels,
        int replicas,
        Optional<String> crontab,
        Optional<String> timeZone,
        List<PersistentVolumeClaim> claims) {
    private static final Set<String> GROUPS = Set.of("", "apps", "batch", "extensions");
    private static final Set<String> KINDS = Set.of(
            "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Pod", "Job", "CronJob");
    private static final List<String> IN_TEMPLATE = List.of("spec", "template", "spec");

    static boolean isOne(Manifest manifest) {
        return KINDS.contains(manifest.kind()) && GROUPS.contains(manifest.group());
    }

    static Workload of(Manifest manifest) {
        return switch (manifest.kind()) {
            case "Deployment" -> {
                DeploymentSpec spec = Models.spec(manifest, DeploymentSpec.class);
                yield of(manifest, spec.getTemplate(), spec.getReplicas(), List.of());
            }
            case "StatefulSet" -> {
                StatefulSetSpec spec = Models.spec(manifest, StatefulSetSpec.class);
                yield of(manifest, spec.getTemplate(), spec.getReplicas(), spec.getVolumeClaimTemplates());
            }
            case "DaemonSet" ->
                of(manifest, Models.spec(manifest, DaemonSetSpec.class).getTemplate(), 1, List.of());
            case "Job" -> of(manifest, Models.spec(manifest, JobSpec.class).getTemplate(), 1, List.of());
            case "CronJob" -> cronJob(manifest);
            case "Pod" -> pod(manifest);
            default -> {
                ReplicaSetSpec spec = Models.spec(manifest, ReplicaSetSpec.class);
                yield of(manifest, spec.getTemplate(), spec.getReplicas(), List.of());
            }
        };
    }

    private static Workload cronJob(Manifest manifest) {
        CronJobSpec spec = Models.spec(manifest, CronJobSpec.class);
        PodTemplateSpec template = Optional.ofNullable(spec.getJobTemplate())
                .flatMap(job -> Optional.ofNullable(job.getSpec()))
                .map(JobSpec::getTemplate)
                .orElseThrow(() -> withoutPods(manifest));
        String crontab = Optional.ofNullable(spec.getSchedule())
                .orElseThrow(() -> manifest.node()
                        .at("spec")
                        .invalid(
                                "the " + manifest.subject() + " has no schedule",
                                "write e.g. schedule: \"0 3 * * *\""));
        return new Workload(
                manifest,
                List.of("spec", "jobTemplate", "spec", "template", "spec"),
                podOf(manifest, template),
                labels(template),
                1,
                Optional.of(crontab),
                Optional.ofNullable(spec.getTimeZone()),
                List.of());
    }

    private static Workload pod(Manifest manifest) {
        return new Workload(
                manifest,
                List.of("spec"),
                checked(manifest, Models.spec(manifest, PodSpec.class)),
                manifest.labels(),
                1,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Workload of(
            Manifest manifest,
            @Nullable PodTemplateSpec template,
            @Nullable Integer replicas,
            List<PersistentVolumeClaim> claims) {
        if (template == null) {
            throw withoutPods(manifest);
        }
        return new Workload(
                manifest,
                IN_TEMPLATE,
                podOf(manifest, template),
                labels(template),
                replicas == null ? 1 : replicas,
                Optional.empty(),
                Optional.empty(),
                claims);
    }

    private static PodSpec podOf(Manifest manifest, PodTemplateSpec template) {
        return checked(manifest, Optional.ofNullable(template.getSpec()).orElseThrow(() -> withoutPods(manifest)));
    }

    private static PodSpec checked(Manifest manifest, PodSpec pod) {
        if (pod.getContainers().isEmpty()) {
            throw withoutPods(manifest);
        }
        return pod;
    }

    private static RuntimeException withoutPods(Manifest manifest) {
        return manifest.node()
                .at("spec")
                .invalid(
                        "the " + manifest.subject() + " has no containers",
                        "list them, with their images, below 'containers' of the pod's spec");
    }

    private static Map<String, String> labels(PodTemplateSpec template) {
        return Optional.ofNullable(template.getMetadata())
                .map(ObjectMeta::getLabels)
                .orElse(Map.of());
    }

    boolean isJob() {
        return manifest.kind().equals("Job") || manifest.kind().equals("CronJob");
    }
}
