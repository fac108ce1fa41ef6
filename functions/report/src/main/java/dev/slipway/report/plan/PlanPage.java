package dev.slipway.report.plan;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedMapping;
import dev.slipway.migration.plan.PlannedResource;
import dev.slipway.report.Badge;
import dev.slipway.report.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the page's template shows, as texts. */
record PlanPage(
        String app,
        Badge state,
        String meaning,
        List<Fact> facts,
        List<Tile> tiles,
        Optional<Table<Fact>> blockers,
        Optional<Table<Fact>> warnings,
        List<Diagram> diagrams,
        Optional<Table<Mapping>> mapping,
        Optional<Table<StoreCells>> stores,
        Optional<Table<ServiceCells>> services,
        Optional<Table<JobCells>> jobs,
        Optional<Variables> environment,
        List<Fact> run,
        String fates,
        List<Fates> keys,
        Bill cost,
        RunCells once,
        Optional<Table<PlannedResource>> resources) {
    private static final int ALL = Integer.MAX_VALUE;

    static PlanPage of(Plan plan) {
        return new PlanPage(
                plan.app(),
                plan.isBlocked() ? new Badge("Blocked", Badge.BAD) : new Badge("Ready", Badge.GOOD),
                plan.isBlocked()
                        ? "Nothing is done before the blockers are gone."
                        : "Nothing stops the run. Nothing has been done yet: this page says what will be.",
                facts(plan),
                tiles(plan),
                findings(plan.blockers()),
                findings(plan.warnings()),
                List.of(DiagramLayout.of(plan, DiagramShape.WIDE), DiagramLayout.of(plan, DiagramShape.NARROW)),
                Table.of(plan.mapping().stream().map(Mapping::of).toList()),
                Table.of(plan.stores().stream().map(StoreCells::of).toList()),
                Table.of(plan.services().stream().map(ServiceCells::of).toList()),
                Table.of(plan.jobs().stream().map(JobCells::of).toList()),
                Variables.of(plan),
                RunFacts.of(plan),
                Words.fates(plan.kept(), plan.changed(), plan.lost()),
                keys(plan),
                Bill.of(plan.cost()),
                RunCells.of(plan.cost().run()),
                Table.of(plan.resources()));
    }

    /** A part and what takes its place. */
    record Mapping(String from, String to, Optional<String> note) {
        static Mapping of(PlannedMapping mapping) {
            return new Mapping(
                    mapping.from(), mapping.to(), Optional.of(mapping.note()).filter(note -> !note.isEmpty()));
        }
    }

    /** A label and what it stands before. */
    record Fact(String label, String text) {}

    /** Rows, of which there is at least one. */
    record Table<T>(List<T> rows) {
        static <T> Optional<Table<T>> of(List<T> rows) {
            return rows.isEmpty() ? Optional.empty() : Optional.of(new Table<>(rows));
        }

        int count() {
            return rows.size();
        }
    }

    /** Keys that the same is done with; open is shown at once. */
    record Fates(String title, boolean open, List<Row> rows) {
        record Row(String of, String keys, String why) {}
    }

    private static List<Fact> facts(Plan plan) {
        return List.of(
                new Fact("Region", plan.target().region()),
                new Fact("Size", Words.lower(plan.target().size())),
                new Fact("Compute", Words.lower(plan.target().compute())),
                new Fact("Strategy", Words.lower(plan.strategy())));
    }

    private static List<Tile> tiles(Plan plan) {
        long changing =
                plan.environment().stream().filter(SharedVariables::hasNewValue).count();
        return List.of(
                new Tile(
                        "To decide",
                        Words.count(SharedFinding.of(plan.blockers()).size(), "blocker"),
                        Words.count(SharedFinding.of(plan.warnings()).size(), "warning")),
                new Tile(
                        "A month",
                        Words.dollars(plan.cost().monthlyUsd()),
                        "prices of " + plan.cost().pricesAsOf()),
                new Tile("Stores", String.valueOf(plan.stores().size()), "moved with their data"),
                new Tile(
                        "Services",
                        String.valueOf(plan.services().size()),
                        plan.jobs().isEmpty()
                                ? "on AWS"
                                : "and " + Words.count(plan.jobs().size(), "job")),
                new Tile(
                        "Variables",
                        String.valueOf(changing),
                        "of " + plan.environment().size() + " get another value"),
                new Tile(
                        "The run",
                        Words.seconds(plan.cost().run().seconds()),
                        "for " + Words.dollars(plan.cost().run().usd())));
    }

    private static Optional<Table<Fact>> findings(List<Finding> findings) {
        return Table.of(SharedFinding.of(findings).stream()
                .map(finding -> new Fact(finding.subject(ALL), finding.message()))
                .toList());
    }

    private static List<Fates> keys(Plan plan) {
        List<Fates> lists = new ArrayList<>();
        add(lists, "Lost", true, plan.lost());
        add(lists, "Changed", false, plan.changed());
        add(lists, "Kept", false, plan.kept());
        return lists;
    }

    private static void add(List<Fates> lists, String title, boolean open, List<KeyFate> fates) {
        if (!fates.isEmpty()) {
            lists.add(new Fates(
                    title + ": " + Words.count(fates.size(), "key"),
                    open,
                    SharedFate.of(fates).stream()
                            .map(fate -> new Fates.Row(fate.of(ALL), String.join(", ", fate.keys()), fate.why()))
                            .toList()));
        }
    }
}
