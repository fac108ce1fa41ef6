package dev.slipway.worker.text;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.plan.Words;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** The stores, services and jobs of a plan. */
final class PlanTables {
    private final Plan plan;
    private final Look look;
    private final Sheet sheet;

    PlanTables(Plan plan, Sheet sheet) {
        this.plan = plan;
        this.look = sheet.look();
        this.sheet = sheet;
    }

    void stores() {
        if (plan.stores().isEmpty()) {
            return;
        }
        sheet.title("Stores");
        List<List<Text>> rows = new ArrayList<>();
        plan.stores().forEach(store -> {
            rows.add(List.of(
                    look.text(store.name(), Style.fg_cyan),
                    look.text(Words.today(store)),
                    look.text(Words.target(store))));
            rows.add(List.of(look.text(""), look.text(""), look.text(copied(store), Style.faint)));
        });
        sheet.table(List.of("Store", "Today", "On AWS"), rows);
    }

    private static String copied(PlannedStore store) {
        String from = "from " + store.sourceUrl().map(SourceUrl::text).orElse("nowhere yet");
        String role = store.role() == StoreRole.RECORD
                ? ""
                : "; " + Words.lower(store.role()) + ": " + Words.meaning(store.role());
        String how = Words.copying(store);
        return from + role + (how.isEmpty() ? "" : "; " + how);
    }

    void services() {
        if (plan.services().isEmpty()) {
            return;
        }
        sheet.title("Services");
        sheet.table(
                List.of("Service", "Tasks", "Size of each", "Port", "Reached by"),
                plan.services().stream().map(this::service).toList());
    }

    private List<Text> service(PlannedService service) {
        return List.of(
                look.text(service.name(), Style.fg_cyan),
                look.text(Words.tasks(service)),
                look.text(Words.size(service.cpu(), service.memoryMib())),
                look.text(service.port().map(String::valueOf).orElse("-")),
                look.text(service.paths().isEmpty() ? "services only" : String.join(" ", service.paths())));
    }

    void jobs() {
        if (plan.jobs().isEmpty()) {
            return;
        }
        sheet.title("Jobs");
        sheet.table(
                List.of("Job", "Size", "Runs"),
                plan.jobs().stream().map(this::job).toList());
    }

    private List<Text> job(PlannedJob job) {
        return List.of(
                look.text(job.name(), Style.fg_cyan),
                look.text(Words.size(job.cpu(), job.memoryMib())),
                look.text(job.schedule().orElse("once, before the services start")));
    }
}
