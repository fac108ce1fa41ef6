package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.Platform;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ReplicationControllerSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of a manifest is dropped in silence: every key that Kubernetes knows has an answer. */
class KubernetesKeysTest {
    private static final KeyTable TABLE = KeyTable.load(Platform.KUBERNETES);
    /** What says which object it is, and what is read in the place of the key. */
    private static final Set<String> READ = Set.of(
            "additionalProperties",
            "additionalProperty",
            "securityContext",
            "resources",
            "apiVersion",
            "kind",
            "metadata",
            "status",
            "template",
            "jobTemplate",
            "containers",
            "name",
            "initContainers");

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("APP", "container.", Container.class, 20),
                Arguments.of("APP", "container.securityContext.", SecurityContext.class, 10),
                Arguments.of("APP", "container.resources.", ResourceRequirements.class, 3),
                Arguments.of("APP", "pod.", PodSpec.class, 30),
                Arguments.of("APP", "pod.securityContext.", PodSecurityContext.class, 10),
                Arguments.of("APP", "pod.resources.", ResourceRequirements.class, 3),
                Arguments.of("APP", "Deployment.spec.", DeploymentSpec.class, 7),
                Arguments.of("APP", "StatefulSet.spec.", StatefulSetSpec.class, 9),
                Arguments.of("APP", "DaemonSet.spec.", DaemonSetSpec.class, 4),
                Arguments.of("APP", "ReplicaSet.spec.", ReplicaSetSpec.class, 3),
                Arguments.of("APP", "ReplicationController.spec.", ReplicationControllerSpec.class, 3),
                Arguments.of("APP", "Job.spec.", JobSpec.class, 12),
                Arguments.of("APP", "CronJob.spec.", CronJobSpec.class, 6),
                Arguments.of("APP", "Service.spec.", ServiceSpec.class, 15),
                Arguments.of("APP", "HorizontalPodAutoscaler.spec.", HorizontalPodAutoscalerSpec.class, 5),
                Arguments.of(
                        "APP",
                        "HorizontalPodAutoscaler.spec.",
                        io.fabric8.kubernetes.api.model.autoscaling.v1.HorizontalPodAutoscalerSpec.class,
                        4),
                Arguments.of("TOP", "Ingress.spec.", IngressSpec.class, 4),
                Arguments.of("TOP", "Service.spec.", ServiceSpec.class, 15),
                Arguments.of("TOP", "HorizontalPodAutoscaler.spec.", HorizontalPodAutoscalerSpec.class, 5),
                Arguments.of("TOP", "PersistentVolumeClaim.spec.", PersistentVolumeClaimSpec.class, 8),
                Arguments.of("TOP", "ConfigMap.", ConfigMap.class, 3),
                Arguments.of("TOP", "Secret.", Secret.class, 4));
    }

    @ParameterizedTest(name = "{0} {1}*")
    @MethodSource("kinds")
    void hasAnAnswerForEveryKeyThatKubernetesKnows(String place, String prefix, Class<?> type, int atLeast) {
        Set<String> keys = keys(type);
        assertThat(keys).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(keys)
                .as("keys that Kubernetes has and kubernetes-keys.psv does not")
                .allMatch(key -> TABLE.find(place, prefix + key, "").isPresent());
    }

    private static Set<String> keys(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4))
                .filter(key -> !READ.contains(key))
                .collect(Collectors.toSet());
    }
}
