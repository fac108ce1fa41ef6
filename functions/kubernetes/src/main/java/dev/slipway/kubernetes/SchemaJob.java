package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What brings the schema up to date before the services start, where none of the app's own jobs or init containers does. */
final class SchemaJob {
    private static final String NAME = "slipway-schema";

    private SchemaJob() {}

    /** As a pod of the service that has the database and, with it, its login; without what runs beside it. */
    static Optional<Manifest> of(Plan plan, List<Manifest> kept) {
        if (plan.jobs().stream().anyMatch(job -> isOf(plan, job))) {
            return Optional.empty();
        }
        return plan.schemaCommand()
                .flatMap(command -> owner(plan)
                        .flatMap(owner -> kept.stream()
                                .filter(manifest -> manifest.is("Deployment", "StatefulSet")
                                        && manifest.name().equals(owner))
                                .findFirst())
                        .map(workload -> job(workload, command)));
    }

    /** Whether it is a job, or an init container, that the plan found the command in. */
    static boolean isOf(Plan plan, String name) {
        return plan.jobs().stream().anyMatch(job -> job.name().equals(name) && isOf(plan, job));
    }

    private static boolean isOf(Plan plan, PlannedJob job) {
        String line = job.command().stream().map(SecretTemplate::text).collect(Collectors.joining(" "));
        return plan.schemaCommand().filter(line::equals).isPresent();
    }

    private static Optional<String> owner(Plan plan) {
        List<String> databases = plan.stores().stream()
                .filter(store -> store.kind() == StoreKind.POSTGRES)
                .map(PlannedStore::name)
                .toList();
        return plan.services().stream()
                .filter(service -> service.access().stores().stream().anyMatch(databases::contains))
                .min(Comparator.comparing(service -> !service.built()))
                .map(PlannedService::name);
    }

    private static Manifest job(Manifest workload, String command) {
        Manifest job = Manifest.of("batch/v1", "Job", NAME);
        job.metadata().putObject("annotations").put(Marks.FIRST, "true");
        ObjectNode template = workload.template().orElseThrow().deepCopy();
        template.putObject("metadata").putObject("labels").put(Marks.SERVICE, NAME);
        ObjectNode pod = template.withObjectProperty("spec");
        pod.put("restartPolicy", "Never");
        pod.remove(List.of("initContainers", "topologySpreadConstraints"));
        ObjectNode container = (ObjectNode) pod.path("containers").path(0);
        container.remove(List.of("args", "ports", "readinessProbe", "livenessProbe", "startupProbe", "lifecycle"));
        ArrayNode line = container.putArray("command");
        List.of("sh", "-c", SecretTemplate.literal(command).text()).forEach(line::add);
        pod.putArray("containers").add(container);
        job.spec().put("backoffLimit", 0).put("suspend", true).set("template", template);
        return job;
    }
}
