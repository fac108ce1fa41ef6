package dev.slipway.worker.text;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.report.plan.RunFacts;
import dev.slipway.report.plan.SharedFinding;
import dev.slipway.report.plan.Words;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** Shows a plan to a person: what needs a decision first, then what becomes of each part, what changes and what it costs. */
public final class PlanText {
    private final Plan plan;
    private final Extent extent;
    private final Look look;
    private final Sheet sheet;
    private final List<SharedFinding> blockers;
    private final List<SharedFinding> warnings;

    private PlanText(Plan plan, Extent extent, Look look) {
        this.plan = plan;
        this.extent = extent;
        this.look = look;
        this.sheet = new Sheet(look);
        this.blockers = SharedFinding.of(plan.blockers());
        this.warnings = SharedFinding.of(plan.warnings());
    }

    /** The plan as lines of text, the last one ended. */
    public static String render(Plan plan, Extent extent, Look look) {
        return new PlanText(plan, extent, look).render();
    }

    private String render() {
        head();
        findings(
                blockers,
                "blocker",
                ": nothing is done before " + (blockers.size() == 1 ? "it is" : "they are") + " gone",
                Style.fg_red);
        findings(warnings, "warning", ": what to know before the run", Style.fg_yellow);
        mapping();
        PlanTables tables = new PlanTables(plan, sheet);
        tables.stores();
        tables.services();
        tables.jobs();
        new VariableLines(plan, extent, sheet).write();
        run();
        new FateLines(plan, extent, sheet).write();
        new BillLines(plan.cost(), extent, sheet).write();
        next();
        return sheet.toString();
    }

    private void head() {
        sheet.title(plan.app() + " to AWS: region " + plan.target().region() + ", size "
                + Words.lower(plan.target().size()) + ", compute "
                + Words.lower(plan.target().compute()));
        sheet.say(
                plan.isBlocked()
                        ? "Not ready: " + Words.count(blockers.size(), "blocker") + " below."
                        : "Ready: nothing stops the run.",
                plan.isBlocked() ? Style.fg_red : Style.fg_green);
        sheet.say(Words.count(plan.services().size(), "service") + " and "
                + Words.count(plan.stores().size(), "store") + ", "
                + Words.dollars(plan.cost().monthlyUsd()) + " a month at the prices of "
                + plan.cost().pricesAsOf() + ".");
    }

    private void findings(List<SharedFinding> findings, String noun, String meaning, Style colour) {
        if (findings.isEmpty()) {
            return;
        }
        sheet.title(Words.count(findings.size(), noun) + meaning, colour);
        sheet.table(findings.stream()
                .map(finding ->
                        List.of(look.text(finding.subject(extent.names()), colour), look.text(finding.message())))
                .toList());
    }

    /** The notes are long, so they are told on request. */
    private void mapping() {
        if (plan.mapping().isEmpty()) {
            return;
        }
        boolean notes = extent == Extent.ALL;
        sheet.title("What becomes of each part");
        sheet.table(
                notes ? List.of("Today", "On AWS", "Note") : List.of("Today", "On AWS"),
                plan.mapping().stream()
                        .map(row -> notes
                                ? List.of(look.text(row.from()), look.text(row.to()), look.text(row.note()))
                                : List.of(look.text(row.from()), look.text(row.to())))
                        .toList());
    }

    private void run() {
        PlannedTraffic traffic = plan.traffic();
        List<List<Text>> rows = new ArrayList<>();
        rows.add(row("strategy", Words.lower(plan.strategy()) + ": " + plan.strategyReason()));
        plan.schemaCommand().ifPresent(command -> rows.add(row("schema", command)));
        if (!plan.services().isEmpty()) {
            rows.add(row("name", RunFacts.name(traffic)));
            rows.add(row("traffic", RunFacts.weights(traffic)));
            rows.add(row("gate", RunFacts.gate(traffic)));
        }
        if (plan.approval()) {
            rows.add(row("approval", "a person approves the plan first"));
        }
        if (!plan.notified().isEmpty()) {
            rows.add(row("told", Words.some(plan.notified(), extent.names())));
        }
        sheet.title("How it is moved");
        sheet.table(rows);
    }

    private void next() {
        sheet.title("Next");
        sheet.say(
                plan.isBlocked()
                        ? "Resolve the blockers in the compose file or in slipway.yaml ('slipway plan --init' writes one), and plan"
                                + " again."
                        : "'slipway app put' uploads the app as it is planned here; the run is started in the account.");
        sheet.say(
                "'--html FILE' writes everything on a page with a diagram, '--json' one document, '--all' every row here.");
    }

    private List<Text> row(String label, String text) {
        return List.of(look.text(label), look.text(text));
    }
}
