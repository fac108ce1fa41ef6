package dev.slipway.blueprints;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Delivery;
import dev.slipway.migration.spec.Repository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What builds and deploys the app's next versions within the account, where it is said whose files they are. */
record TargetDelivery(TargetSpec spec) {
    private static final String DEPLOY = "DeployProject";
    private static final String SCHEMA = "SCHEMA_COMMAND";

    void addTo(Template template) {
        if (spec.plan().delivery() == Delivery.CODEPIPELINE && !spec.services().isEmpty()) {
            spec.plan().repository().ifPresent(repository -> add(template, repository));
        }
    }

    private void add(Template template, Repository repository) {
        if (!spec.isOnCluster()) {
            Piece pipeline = pipeline(repository);
            String builds = builds();
            if (!builds.isEmpty()) {
                tell(pipeline, "BuildProject", "BUILDS", builds);
            }
            addTasks(template);
            template.add(pipeline);
        } else if (!new ClusterDelivery(spec).builds().isEmpty()) {
            addToCluster(template, pipeline(repository));
        }
    }

    private Piece pipeline(Repository repository) {
        return Blueprint.named("delivery")
                .place(
                        "",
                        Map.of(
                                "App", app(),
                                "Connection", repository.connection(),
                                "Repository", repository.name(),
                                "Branch", repository.branch(),
                                "DeployProject", Intrinsic.ref("DeployProject"),
                                "DeployProjectArn", Intrinsic.attribute("DeployProject.Arn")));
    }

    private void addTasks(Template template) {
        Piece piece = Blueprint.named("delivery-tasks")
                .place("", with(Map.of("Services", services(), "FirstService", name(first(spec)))));
        spec.plan().schemaCommand().ifPresent(command -> {
            TargetTask first = first(spec);
            tell(piece, DEPLOY, SCHEMA, command);
            tell(piece, DEPLOY, "SCHEMA_CONTAINER", first.name());
            tell(piece, DEPLOY, "SCHEMA_TASK", first.definition());
            template.add(Blueprint.named("delivery-schema")
                    .place(
                            "",
                            Map.of(
                                    "DeployRole",
                                    Intrinsic.ref("DeployRole"),
                                    "Cluster",
                                    cluster(),
                                    "Task",
                                    first.definition())));
        });
        template.add(piece);
    }

    private void addToCluster(Template template, Piece pipeline) {
        ClusterDelivery delivery = new ClusterDelivery(spec);
        tell(
                pipeline,
                "BuildProject",
                "BUILDS",
                delivery.builds().stream()
                        .map(build -> String.join("|", build.repository(), build.dockerfile(), build.context()))
                        .collect(Collectors.joining(" ")));
        run(pipeline, "BuildProject", ClusterDelivery.buildSpec());
        Piece piece = Blueprint.named("delivery-cluster")
                .place(
                        "",
                        with(Map.of(
                                "Namespace", spec.plan().app(),
                                "Repositories", delivery.repositories(),
                                "SchemaService", first(spec).name())));
        spec.plan().schemaCommand().ifPresent(command -> tell(piece, DEPLOY, SCHEMA, command));
        run(piece, DEPLOY, ClusterDelivery.deploySpec());
        template.add(piece);
        template.add(pipeline);
    }

    private Map<String, Object> with(Map<String, Object> own) {
        Map<String, Object> values = new LinkedHashMap<>(own);
        values.put("App", app());
        values.put("Bucket", Intrinsic.attribute("DeliveryBucket.Arn"));
        values.put("Log", Intrinsic.ref("DeliveryLog"));
        values.put("LogArn", Intrinsic.attribute("DeliveryLog.Arn"));
        values.put("Cluster", cluster());
        return values;
    }

    private String app() {
        return TargetNames.repository(spec.plan().app(), "");
    }

    private static void run(Piece piece, String project, String commands) {
        Blueprint.mapping(piece.properties(project).get("Source")).put("BuildSpec", commands);
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
    static TargetTask first(TargetSpec spec) {
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
