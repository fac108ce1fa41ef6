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
        Map<String, String> files = new LinkedHashMap<>();
        List<TargetTask> built = TargetTask.built(spec);
        if (spec.plan().delivery() == Delivery.GITHUB_ACTIONS && !built.isEmpty()) {
            Map<String, String> values = values(spec, built);
            files.put(".github/workflows/deploy.yml", filled("deploy.yml", values));
            files.put("github-role.yaml", filled("github-role.yaml", values));
        }
        return files;
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
