package dev.slipway.kubernetes;

import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pods of the app's services, and what those say that will not start. */
record Pods(KubernetesClient client, String app) {
    private static final int LINES = 10;

    /** Kubernetes goes on trying, and nothing will come of it without a change. */
    private static final Set<String> HOPELESS = Set.of(
            "CrashLoopBackOff",
            "ImagePullBackOff",
            "ErrImagePull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** @throws DeployFailed with the last lines of the first container that will not start, or the pod's events */
    void refuseFailed(String service) {
        for (Pod pod : client.pods()
                .inNamespace(app)
                .withLabel("slipway/service", service)
                .list()
                .getItems()) {
            statuses(pod).filter(Pods::isHopeless).findFirst().ifPresent(container -> {
                throw new DeployFailed(
                        "start the service " + service,
                        "its container " + container.getName() + " is in "
                                + reason(container).orElse("trouble") + ": " + last(pod, container),
                        "mend that and start again; all stays on the source");
            });
        }
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        return Stream.of(status.getInitContainerStatuses(), status.getContainerStatuses())
                .flatMap(List::stream);
    }

    private static boolean isHopeless(ContainerStatus container) {
        return reason(container).filter(HOPELESS::contains).isPresent();
    }

    private static Optional<String> reason(ContainerStatus container) {
        return Optional.ofNullable(container.getState())
                .flatMap(state -> Optional.ofNullable(state.getWaiting()))
                .map(ContainerStateWaiting::getReason);
    }

    /** One line: a failure is told in one. */
    private String last(Pod pod, ContainerStatus container) {
        String lines = log(pod, container);
        String said = lines.isBlank() ? events(pod) : lines;
        return said.isBlank()
                ? "it has said nothing"
                : said.strip().lines().map(String::strip).collect(Collectors.joining(" | "));
    }

    /** Of the run before, which is the one that failed; a container that never ran has none. */
    private String log(Pod pod, ContainerStatus container) {
        String name = pod.getMetadata().getName();
        try {
            return Objects.requireNonNullElse(
                    client.pods()
                            .inNamespace(app)
                            .withName(name)
                            .inContainer(container.getName())
                            .terminated()
                            .tailingLines(LINES)
                            .getLog(),
                    "");
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    private String events(Pod pod) {
        return client.v1().events().inNamespace(app).list().getItems().stream()
                .filter(event -> pod.getMetadata()
                        .getName()
                        .equals(event.getInvolvedObject().getName()))
                .map(Event::getMessage)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
