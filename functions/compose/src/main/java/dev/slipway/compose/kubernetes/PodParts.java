package dev.slipway.compose.kubernetes;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.ServiceKind;
import io.fabric8.kubernetes.api.model.Container;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes services of pods: one of each container, because a task has one. */
final class PodParts {
    /** What waits for another service, or makes a folder writable, has nothing to do on the target. */
    private static final Pattern WAITS = Pattern.compile(
            "(?is).*(\\bnc\\b.*-\\w*z|until\\b|\\bwait[-_]?for|pg_isready|\\bnslookup\\b|wait4x|dockerize|\\bsleep\\b|chown|chmod|sysctl|redis-cli.* ping).*");

    private static final Pattern DOES_MORE = Pattern.compile(
            "(?is).*(migrat|alembic|flyway|liquibase|prisma|manage\\.py|rake|seed|upgrade head|createdb|psql .*-f).*");

    private final Consumer<Finding> findings;
    private final Map<String, Long> names;
    private final Map<String, Integer> taken = new HashMap<>();
    private final List<PodPart> parts = new ArrayList<>();

    private PodParts(Cluster cluster, Consumer<Finding> findings) {
        this.findings = findings;
        this.names = cluster.workloads().stream()
                .collect(Collectors.groupingBy(each -> each.manifest().name(), Collectors.counting()));
    }

    static List<PodPart> of(Cluster cluster, Consumer<Finding> findings) {
        PodParts parts = new PodParts(cluster, findings);
        cluster.workloads().forEach(parts::add);
        return parts.parts;
    }

    private void add(Workload workload) {
        String name = unique(workload);
        List<Container> containers = workload.pod().getContainers();
        for (int i = 0; i < containers.size(); i++) {
            String own = i == 0 ? name : free(name + "-" + name(containers.get(i), i));
            parts.add(new PodPart(own, workload, containers.get(i), "containers", i, kind(workload)));
            if (i > 0) {
                findings.accept(
                        Finding.warning(
                                "service " + own,
                                "shares a pod with " + name
                                        + ": as a service of its own it is not reached by localhost any more, nor do they share folders"));
            }
        }
        if (workload.manifest().kind().equals("DaemonSet")) {
            findings.accept(Finding.warning(
                    "service " + name,
                    "runs on every node of the cluster (DaemonSet); on the target AWS keeps the nodes: it is not run"));
        }
        if (workload.replicas() == 0) {
            findings.accept(Finding.warning(
                    "service " + name, "has no replicas, so it is switched off: on the target it runs"));
        }
        before(workload, name);
    }

    private void before(Workload workload, String name) {
        List<Container> containers = workload.pod().getInitContainers();
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            String own = free(name + "-" + name(container, i));
            boolean beside = "Always".equals(container.getRestartPolicy());
            if (!beside && waits(container)) {
                findings.accept(
                        Finding.warning(
                                "service " + name,
                                "its init container " + name(container, i)
                                        + " only waits or prepares a folder: it is not run, the app has to retry until its stores answer"));
            } else {
                Optional<ServiceKind> kind = beside ? kind(workload) : Optional.of(ServiceKind.JOB);
                parts.add(new PodPart(own, workload, container, "initContainers", i, kind));
            }
        }
    }

    private static boolean waits(Container container) {
        String line = Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                .collect(Collectors.joining(" "));
        String all = line + " " + Optional.ofNullable(container.getName()).orElse("");
        return WAITS.matcher(all).matches() && !DOES_MORE.matcher(line).matches();
    }

    private static Optional<ServiceKind> kind(Workload workload) {
        return switch (workload.manifest().kind()) {
            case "Job", "CronJob" -> Optional.of(ServiceKind.JOB);
            case "DaemonSet" -> Optional.of(ServiceKind.OPERATIONS);
            default -> Optional.empty();
        };
    }

    private static String name(Container container, int index) {
        return Optional.ofNullable(container.getName()).orElse("container-" + (index + 1));
    }

    /** Two workloads may share a name, as a Deployment and a Job do, or in two namespaces. */
    private String unique(Workload workload) {
        Manifest manifest = workload.manifest();
        boolean alone = names.getOrDefault(manifest.name(), 1L) == 1;
        boolean first = manifest.kind().equals("Deployment") || manifest.kind().equals("StatefulSet");
        return free(
                alone || first
                        ? manifest.name()
                        : manifest.name() + "-" + manifest.kind().toLowerCase(Locale.ROOT));
    }

    private String free(String wanted) {
        int number = taken.merge(wanted, 1, Integer::sum);
        return number == 1 ? wanted : free(wanted + "-" + number);
    }
}
