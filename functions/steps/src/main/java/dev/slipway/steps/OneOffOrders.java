package dev.slipway.steps;

import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.exception.DeployFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/** What an app runs once before its services start: what brings its schema up to date, then its other jobs without a schedule. */
record OneOffOrders(Plan plan, TargetOutputs target, ServiceStart start) {

    List<OneOffTasks.Order> inTurn() {
        List<OneOffTasks.Order> orders = new ArrayList<>();
        Optional<PlannedJob> schemaJob = jobs().stream().filter(this::isSchema).findFirst();
        if (schemaJob.isEmpty()) {
            plan.schemaCommand().map(this::schema).ifPresent(orders::add);
        }
        schemaJob.map(this::job).ifPresent(orders::add);
        jobs().stream().filter(job -> !isSchema(job)).map(this::job).forEach(orders::add);
        return orders;
    }

    private List<PlannedJob> jobs() {
        return plan.jobs().stream().filter(job -> job.schedule().isEmpty()).toList();
    }

    /** Whether it is the job that the plan found the command in. */
    private boolean isSchema(PlannedJob job) {
        String line = job.command().stream().map(SecretTemplate::text).collect(Collectors.joining(" "));
        return plan.schemaCommand().filter(line::equals).isPresent();
    }

    private OneOffTasks.Order job(PlannedJob job) {
        WorkerNetwork network = WorkerNetwork.of(target);
        return new OneOffTasks.Order(
                job.name(),
                "the job " + job.name(),
                start.cluster(),
                target.value(LogicalName.of(job.name()) + "TaskDefinition"),
                NetworkConfiguration.builder()
                        .awsvpcConfiguration(inside -> inside.assignPublicIp(AssignPublicIp.DISABLED)
                                .subnets(network.subnets().split(","))
                                .securityGroups(network.securityGroups().split(",")))
                        .build(),
                job.name(),
                List.of());
    }

    /** As a task of the service that has the database and, with it, its login. */
    private OneOffTasks.Order schema(String command) {
        PlannedService owner = owner(command);
        Service service = start.describe(owner);
        return new OneOffTasks.Order(
                "schema-command",
                "the schema command '" + command + "'",
                start.cluster(),
                start.definition(owner),
                service.networkConfiguration(),
                owner.name(),
                List.of("sh", "-c", command));
    }

    private PlannedService owner(String command) {
        List<String> databases = plan.stores().stream()
                .filter(store -> store.kind() == StoreKind.POSTGRES)
                .map(store -> store.name())
                .toList();
        return plan.services().stream()
                .filter(service -> service.access().stores().stream().anyMatch(databases::contains))
                .min(Comparator.comparing(service -> !service.built()))
                .orElseThrow(() -> new DeployFailed(
                        "run the schema command '" + command + "' once",
                        "no service of the app has a database",
                        "take schema.command out of slipway.yaml and start again"));
    }
}
