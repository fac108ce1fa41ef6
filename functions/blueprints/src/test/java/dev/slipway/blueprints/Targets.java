package dev.slipway.blueprints;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Targets of the guides' apps, and of small ones that a test writes. */
final class Targets {
    private static final Path APPS = Path.of(System.getProperty("slipway.root", "../.."), "events", "apps");

    private Targets() {}

    static TargetSpec crpPreschool() {
        return guide("crp-preschool");
    }

    /** A gateway, a web server and seven services that only they reach, with a standby of each store. */
    static TargetSpec smartboard() {
        return guide("smartboard", """
                target: {size: small}
                traffic: {paths: {gateway: [/api/*, /socket.io/*], web: /*}}
                """);
    }

    /** An app under events/apps with other wishes than its own. */
    static TargetSpec guide(String app, String slipwayYaml) {
        AppBundle bundle = AppFiles.readDirectory(APPS.resolve(app), Map.of());
        return of(AppFiles.readUploaded(app, bundle.compose(), slipwayYaml));
    }

    /** An app under events/apps. */
    static TargetSpec guide(String app) {
        return of(AppFiles.readDirectory(APPS.resolve(app), Map.of()));
    }

    /** A stage of an app under events/apps. */
    static TargetSpec stage(String app, String stage) {
        return of(AppFiles.read(ComposeRequest.of(APPS.resolve(app)), Optional.of(stage)));
    }

    /** An app called {@code shop}. */
    static TargetSpec of(String compose, String slipwayYaml) {
        return of(AppFiles.readUploaded("shop", compose, slipwayYaml));
    }

    static Plan plan(String compose, String slipwayYaml) {
        return of(compose, slipwayYaml).plan();
    }

    private static TargetSpec of(AppBundle bundle) {
        return new TargetSpec(new Planner().plan(bundle.app(), bundle.spec()), true);
    }
}
