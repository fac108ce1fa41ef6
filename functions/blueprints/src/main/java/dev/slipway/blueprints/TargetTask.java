package dev.slipway.blueprints;

import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.PlannedAccess;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task of a service or of a job runs.
 *
 * @param repository whose repository its image lies in, where the target has one
 */
record TargetTask(
        String name,
        String repository,
        String image,
        boolean built,
        List<SecretTemplate> command,
        ContainerOptions options,
        int cpu,
        int memoryMib,
        Optional<Integer> port,
        Optional<HealthCheck> health,
        PlannedAccess access) {

    static TargetTask of(PlannedService service) {
        return of(service, service.name(), service.access());
    }

    /** The same with the stores of the source: to what the target has in their place it has no right. */
    static TargetTask forerunner(PlannedService service) {
        PlannedAccess access = service.access();
        return of(
                service.forerunner(),
                service.name(),
                new PlannedAccess(access.services(), List.of(), List.of(), access.sends()));
    }

    private static TargetTask of(PlannedService service, String repository, PlannedAccess access) {
        return new TargetTask(
                service.name(),
                repository,
                service.image(),
                service.built(),
                service.command(),
                service.container(),
                service.cpu(),
                service.memoryMib(),
                service.port(),
                service.health(),
                access);
    }

    static TargetTask of(PlannedJob job) {
        return new TargetTask(
                job.name(),
                job.name(),
                job.image(),
                job.built(),
                job.command(),
                job.container(),
                job.cpu(),
                job.memoryMib(),
                Optional.empty(),
                Optional.empty(),
                job.access());
    }

    /** All of a target, services first. */
    static List<TargetTask> of(TargetSpec spec) {
        List<TargetTask> tasks =
                new ArrayList<>(spec.services().stream().map(TargetTask::of).toList());
        spec.plan().jobs().forEach(job -> tasks.add(of(job)));
        return tasks;
    }

    /** Those whose images the app's own files build, whether or not they name them, too. */
    static List<TargetTask> built(TargetSpec spec) {
        return of(spec).stream()
                .filter(task -> task.hasRepository(spec))
                .filter(task -> task.built() || spec.plan().builds(task.name()))
                .toList();
    }

    String prefix() {
        return LogicalName.of(name);
    }

    /** Whether the target has a repository for it: a registry of somebody else's has no room for what is built here. */
    boolean hasRepository(TargetSpec spec) {
        return built || spec.plan().target().images() == Images.ECR;
    }

    Object definition() {
        return Intrinsic.ref(prefix() + "TaskDefinition");
    }

    void addTo(Template template, TargetSpec spec, ServiceEnvironment environment) {
        String app = spec.plan().app();
        if (hasRepository(spec) && repository.equals(name)) {
            template.add(
                    Blueprint.named("repository").place(prefix(), Map.of("Name", TargetNames.repository(app, name))));
        }
        Piece task = Blueprint.named("task")
                .place(
                        prefix(),
                        Map.of(
                                "Name", name,
                                "LogGroup", TargetNames.logGroup(app, name),
                                "Image", image(spec),
                                "Cpu", Integer.toString(cpu),
                                "Memory", Integer.toString(memoryMib),
                                "ExecutionRole", Intrinsic.attribute("ExecutionRole.Arn")));
        new ContainerDefinition(this, environment).fillIn(task);
        new TaskRole(spec, this).addTo(template, task);
        template.add(task);
    }

    private Object image(TargetSpec spec) {
        return hasRepository(spec)
                ? Intrinsic.function(
                        Intrinsic.SUB,
                        "${" + LogicalName.of(repository) + "Repository.RepositoryUri}:" + TargetNames.tag(image))
                : image;
    }
}
