package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Changes what makes pods: their images, variables, account, number and labels.
 *
 * @param images what takes the place of an image
 */
record WorkloadChange(Plan plan, ConfigMaps configMaps, UnaryOperator<String> images) {
    /** Name of the Secret of ours that a container's variables come from. */
    static String secret(String service) {
        return "slipway-" + service;
    }

    void change(Manifest workload) {
        List<ObjectNode> containers = workload.containers();
        for (int i = 0; i < containers.size(); i++) {
            ObjectNode container = containers.get(i);
            container.put("image", images.apply(container.path("image").asText()));
            String service = i == 0 ? workload.name() : service(workload, container);
            new ContainerVariables(configMaps.data(), variables(service), secret(service), container).change();
        }
        workload.pod().ifPresent(pod -> {
            pod.put("serviceAccountName", workload.name());
            pod.remove("serviceAccount");
            pod.remove("imagePullSecrets");
            pod.remove("nodeSelector");
            pod.remove("nodeName");
        });
        planned(workload).ifPresent(service -> count(workload, service));
        if (workload.is("Job", "CronJob")) {
            hold(workload);
        }
        workload.template()
                .ifPresent(template -> template.withObjectProperty("metadata")
                        .withObjectProperty("labels")
                        .put(Marks.SERVICE, workload.name()));
    }

    /** What runs once runs before the services start, what runs by a clock when the target is the writer. */
    private void hold(Manifest workload) {
        ObjectNode annotations = workload.metadata().withObjectProperty("annotations");
        if (workload.is("CronJob") && !workload.spec().path("suspend").asBoolean()) {
            annotations.put(Marks.SCHEDULED, "true");
        }
        if (workload.is("Job") && SchemaJob.isOf(plan, workload.name())) {
            annotations.put(Marks.FIRST, "true");
        }
        workload.spec().put("suspend", true);
    }

    private void count(Manifest workload, PlannedService service) {
        if (!workload.is("Deployment", "StatefulSet")) {
            return;
        }
        workload.spec().put("replicas", 0);
        workload.metadata().withObjectProperty("annotations").put(Marks.COUNT, Integer.toString(service.count()));
        ObjectNode pod = workload.pod().orElseThrow();
        if (service.count() > 1 && !pod.has("topologySpreadConstraints")) {
            ObjectNode spread = pod.putArray("topologySpreadConstraints").addObject();
            spread.put("maxSkew", 1)
                    .put("topologyKey", "topology.kubernetes.io/zone")
                    .put("whenUnsatisfiable", "ScheduleAnyway");
            spread.putObject("labelSelector").putObject("matchLabels").put(Marks.SERVICE, workload.name());
        }
    }

    Optional<PlannedService> planned(Manifest workload) {
        return plan.services().stream()
                .filter(service -> service.name().equals(workload.name()))
                .findFirst();
    }

    /** Whether the plan runs it: a service of the app, or a job. */
    boolean runs(Manifest workload) {
        return planned(workload).isPresent()
                || plan.jobs().stream().anyMatch(job -> job.name().equals(workload.name()));
    }

    /** Containers beside the first, and those that run before, have variables of their own or the same. */
    private String service(Manifest workload, ObjectNode container) {
        String own = workload.name() + "-" + container.path("name").asText();
        return plan.environmentOf(own).isEmpty() ? workload.name() : own;
    }

    private Map<String, PlannedVariable> variables(String service) {
        return plan.environmentOf(service).stream()
                .filter(variable -> variable.to().isPresent())
                .collect(Collectors.toMap(PlannedVariable::name, variable -> variable, (first, second) -> second));
    }
}
