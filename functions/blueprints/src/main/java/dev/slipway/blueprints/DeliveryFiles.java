package dev.slipway.blueprints;

import dev.slipway.migration.Tables;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** What builds and deploys the app's next versions, as files of its own repository. */
public final class DeliveryFiles {
    private static final DumpSettings INLINE = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
            .setSplitLines(false)
            .build();

    private DeliveryFiles() {}

    /** The files by their paths; none where the workflow is not GitHub's, or no image is built. */
    public static Map<String, String> files(TargetSpec spec) {
        if (spec.plan().delivery() != Delivery.GITHUB_ACTIONS) {
            return Map.of();
        }
        return spec.isOnCluster() ? ofCluster(spec) : ofTasks(spec);
    }

    private static Map<String, String> ofTasks(TargetSpec spec) {
        List<TargetTask> built = TargetTask.built(spec);
        return built.isEmpty() ? Map.of() : files("deploy.yml", "github-role.yaml", values(spec, built));
    }

    private static Map<String, String> ofCluster(TargetSpec spec) {
        ClusterDelivery delivery = new ClusterDelivery(spec);
        return delivery.builds().isEmpty()
                ? Map.of()
                : files("deploy-cluster.yml", "github-role-cluster.yaml", values(spec, delivery));
    }

    private static Map<String, String> files(String workflow, String role, Map<String, String> values) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(".github/workflows/deploy.yml", filled(workflow, values));
        files.put("github-role.yaml", filled(role, values));
        return files;
    }

    private static Map<String, String> values(TargetSpec spec, ClusterDelivery delivery) {
        Plan plan = spec.plan();
        return Map.of(
                "app", TargetNames.repository(plan.app(), ""),
                "namespace", plan.app(),
                "region", inline(plan.target().region()),
                "stack", "slipway-" + plan.app(),
                "builds",
                        inline(delivery.builds().stream()
                                .map(DeliveryFiles::build)
                                .toList()),
                "repositories", inline(delivery.repositories()),
                "schemaService", inline(TargetDelivery.first(spec).name()),
                "schemaCommand", inline(plan.schemaCommand().orElse("")),
                "rollout", ClusterDelivery.rollout().indent(10).stripTrailing());
    }

    private static Map<String, Object> build(ClusterDelivery.Build build) {
        Map<String, Object> values =
                Intrinsic.ordered("repository", build.repository(), "dockerfile", build.dockerfile());
        values.put("context", build.context());
        return values;
    }

    private static Map<String, String> values(TargetSpec spec, List<TargetTask> built) {
        Plan plan = spec.plan();
        List<Object> builds = new ArrayList<>();
        built.forEach(task -> builds.add(build(plan, task)));
        String services = spec.services().stream()
                .map(service -> LogicalName.of(service.name()))
                .collect(Collectors.joining(" "));
        String schema =
                spec.services().isEmpty() ? "" : spec.services().getFirst().name();
        return Map.of(
                "app", TargetNames.repository(plan.app(), ""),
                "region", inline(plan.target().region()),
                "stack", "slipway-" + plan.app(),
                "builds", inline(builds),
                "services", inline(services),
                "schemaService", inline(LogicalName.of(schema)),
                "schemaContainer", inline(schema),
                "schemaCommand", inline(plan.schemaCommand().orElse("")));
    }

    private static Map<String, Object> build(Plan plan, TargetTask task) {
        Map<String, Object> build = Intrinsic.ordered("service", task.name(), "image", task.image());
        build.put("repository", TargetNames.repository(plan.app(), task.name()));
        build.put("tag", TargetNames.tag(task.image()));
        return build;
    }

    /** As YAML on one line, whatever is in it. */
    private static String inline(Object value) {
        return new Dump(INLINE).dumpToString(value).strip();
    }

    private static String filled(String name, Map<String, String> values) {
        String text = Tables.text(DeliveryFiles.class, "delivery/" + name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return text;
    }
}
