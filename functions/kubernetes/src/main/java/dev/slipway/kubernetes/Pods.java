package dev.slipway.kubernetes;

import dev.slipway.migration.exception.DeployFailed;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods of the app's services, and what those say that will not start. */
record Pods(KubernetesClient client, String app) {
    private static final int LINES = 10;
    private static final int LINE_LENGTH = 200;

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
        for (Pod pod : of(service)) {
            statuses(pod).filter(Pods::isHopeless).findFirst().ifPresent(container -> {
                throw new DeployFailed(
                        "start the service " + service,
                        "its container " + container.getName() + " is in "
                                + reason(container).orElse("trouble") + ": " + last(pod, container),
                        "mend that and start again; all stays on the source");
            });
        }
    }

    /** Of the newest pod: its container that is not well, or what the cluster tells of the pod. */
    String lastWords(String service) {
        Optional<Pod> newest = of(service).stream()
                .max(Comparator.comparing(
                        pod -> Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "")));
        return newest.map(pod -> statuses(pod)
                        .filter(container -> !Boolean.TRUE.equals(container.getReady()))
                        .findFirst()
                        .map(container -> "its container " + container.getName() + ": " + last(pod, container))
                        .orElseGet(() -> oneLine(events(pod))))
                .orElse("it has no pod");
    }

    private List<Pod> of(String service) {
        return client.pods()
                .inNamespace(app)
                .withLabel(Marks.SERVICE, service)
                .list()
                .getItems();
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

    /** One that runs again and again is asked for the run before, which is the one that failed. */
    private String last(Pod pod, ContainerStatus container) {
        boolean ended = container.getState() != null && container.getState().getTerminated() != null;
        boolean before = !ended && number(container.getRestartCount()) > 0;
        String lines = ended || before ? log(pod, container, before) : "";
        return oneLine(lines.isBlank() ? events(pod) : lines);
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    /** A failure is told in one line. */
    private static String oneLine(String said) {
        return said.isBlank()
                ? "it has said nothing"
                : said.strip().lines().map(Pods::shortened).collect(Collectors.joining(" | "));
    }

    private static String shortened(String line) {
        String stripped = line.strip();
        return stripped.length() <= LINE_LENGTH ? stripped : stripped.substring(0, LINE_LENGTH) + "…";
    }

    private String log(Pod pod, ContainerStatus container, boolean before) {
        ContainerResource asked = client.pods()
                .inNamespace(app)
                .withName(pod.getMetadata().getName())
                .inContainer(container.getName());
        try {
            TailPrettyLoggable run = before ? asked.terminated() : asked;
            return Objects.requireNonNullElse(run.tailingLines(LINES).getLog(), "");
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
