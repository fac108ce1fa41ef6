package dev.slipway.blueprints;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Repository;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What builds and deploys the app's next versions within the account, where it is said whose files they are. */
record TargetDelivery(TargetSpec spec) {
    void addTo(Template template) {
        if (spec.plan().delivery() == Delivery.CODEPIPELINE && !spec.services().isEmpty()) {
            spec.plan().repository().ifPresent(repository -> add(template, repository));
        }
    }

    private void add(Template template, Repository repository) {
        Piece piece = Blueprint.named("delivery")
                .place(
                        "",
                        Map.of(
                                "App", TargetNames.repository(spec.plan().app(), ""),
                                "Connection", repository.connection(),
                                "Repository", repository.name(),
                                "Branch", repository.branch(),
                                "Cluster", cluster(),
                                "Services", services(),
                                "FirstService", name(first())));
        String builds = builds();
        if (!builds.isEmpty()) {
            tell(piece, "BuildProject", "BUILDS", builds);
        }
        spec.plan().schemaCommand().ifPresent(command -> {
            tell(piece, "DeployProject", "SCHEMA_COMMAND", command);
            tell(piece, "DeployProject", "SCHEMA_CONTAINER", first().name());
            tell(piece, "DeployProject", "SCHEMA_TASK", first().definition());
            template.add(Blueprint.named("delivery-schema")
                    .place(
                            "",
                            Map.of(
                                    "DeployRole",
                                    Intrinsic.ref("DeployRole"),
                                    "Cluster",
                                    cluster(),
                                    "Task",
                                    first().definition())));
        });
        template.add(piece);
    }

    /** An empty value is none that CodeBuild takes for certain. */
    private static void tell(Piece piece, String project, String variable, Object value) {
        Map<String, Object> environment =
                Blueprint.mapping(piece.properties(project).get("Environment"));
        Blueprint.list(environment.get("EnvironmentVariables"))
                .add(Intrinsic.ordered("Name", variable, "Value", value));
    }

    private String builds() {
        return TargetTask.built(spec).stream()
                .map(task -> String.join(
                        "|",
                        task.name(),
                        task.image(),
                        TargetNames.repository(spec.plan().app(), task.name()),
                        TargetNames.tag(task.image())))
                .collect(Collectors.joining(" "));
    }

    private Object services() {
        List<Object> names = spec.services().stream()
                .map(TargetTask::of)
                .map(TargetDelivery::name)
                .toList();
        return Intrinsic.function("Fn::Join", List.of(" ", names));
    }

    /** One that has a database, and with it its login, where there is such a one. */
    private TargetTask first() {
        List<String> databases = spec.stores().stream()
                .filter(store -> store.kind() == StoreKind.POSTGRES)
                .map(PlannedStore::name)
                .toList();
        return TargetTask.of(spec.services().stream()
                .filter(service -> service.access().stores().stream().anyMatch(databases::contains))
                .findFirst()
                .orElseGet(spec.services()::getFirst));
    }

    private static Object name(TargetTask service) {
        return Intrinsic.attribute(service.prefix() + "Service.Name");
    }

    private static Object cluster() {
        return Intrinsic.ref("Cluster");
    }
}
