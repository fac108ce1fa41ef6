package dev.slipway.kubernetes;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The app of events/apps/bahnvision, whose manifests these tests change. */
final class Bahnvision {
    private static final Path FOLDER =
            Path.of(System.getProperty("slipway.root", "../.."), "events", "apps", "bahnvision");
    private static final AppBundle BUNDLE = AppFiles.readDirectory(FOLDER, Map.of());

    static final Plan PLAN = new Planner().plan(BUNDLE.app(), BUNDLE.spec());

    static final String UPLOADED = AppFiles.manifests(FOLDER, BUNDLE).orElseThrow();

    private Bahnvision() {}

    static ChangedManifests changed(String tag) {
        return new ManifestChange(
                        PLAN,
                        image -> image.replaceFirst(
                                "ghcr.io/bahnvision/(.*):.*", "registry.example/bahnvision-$1:" + tag))
                .of(UPLOADED);
    }

    /** What a target would tell. */
    static Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        values.put("output:PostgresHost", "db.example");
        values.put("output:ValkeyHost", "cache.example");
        values.put("output:BahnvisionBackendTargetGroupArn", "arn:aws:backend");
        values.put("output:BahnvisionFrontendTargetGroupArn", "arn:aws:frontend");
        PLAN.environment()
                .forEach(variable ->
                        variable.delivered().ifPresent(key -> values.put("secret:" + key, "value of " + key)));
        return values;
    }
}
