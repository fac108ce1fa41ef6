package dev.slipway.planning;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedVariable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the apps that are written from the guides, for the tests of the guides' rows. */
final class Guides {
    private static final Path APPS = Path.of(System.getProperty("slipway.root", "../.."), "events", "apps");

    private Guides() {}

    static AppBundle read(String app, Map<String, String> variables) {
        return AppFiles.readDirectory(APPS.resolve(app), variables);
    }

    static Plan plan(String app, Map<String, String> variables) {
        return plan(read(app, variables));
    }

    /** A stage of an app. */
    static Plan stage(String app, String stage) {
        return plan(AppFiles.read(ComposeRequest.of(APPS.resolve(app)), Optional.of(stage)));
    }

    static Plan plan(AppBundle bundle) {
        return new Planner().plan(bundle.app(), bundle.spec());
    }

    static PlannedService service(Plan plan, String name) {
        return plan.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static PlannedVariable variable(Plan plan, String service, String name) {
        return plan.environmentOf(service).stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What a variable is on the target. */
    static String value(Plan plan, String service, String name) {
        return variable(plan, service, name).to().orElseThrow().text();
    }

    /** What takes the place of a part: service and note. */
    static String instead(Plan plan, String from) {
        List<PlannedMapping> rows =
                plan.mapping().stream().filter(row -> row.from().equals(from)).toList();
        return rows.stream()
                .map(row -> row.to() + ": " + row.note())
                .findFirst()
                .orElseThrow();
    }

    static List<String> resources(Plan plan, String type) {
        return plan.resources().stream()
                .filter(resource -> resource.type().equals(type))
                .map(resource -> resource.name())
                .toList();
    }
}
