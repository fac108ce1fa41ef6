package dev.slipway.planning;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.Cost;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedTraffic;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a plan to a person: what needs a decision first, then what is made, changed, lost and paid. */
public final class PlanText {
    private final StringBuilder text = new StringBuilder();
    private final Plan plan;

    private PlanText(Plan plan) {
        this.plan = plan;
    }

    /** The plan as lines of text, the last one ended. */
    public static String render(Plan plan) {
        return new PlanText(plan).render();
    }

    private String render() {
        Target target = plan.target();
        line("Plan for " + plan.app() + ": to " + target.region() + ", size " + lower(target.size()) + ", on "
                + lower(target.compute()));
        findings("Blockers: nothing is done before these are gone", plan.blockers());
        findings("Warnings", plan.warnings());
        stores();
        services();
        environment();
        traffic();
        fates("Changed", plan.changed());
        fates("Lost", plan.lost());
        cost();
        return text.toString();
    }

    private void findings(String title, List<Finding> findings) {
        section(
                title,
                findings.stream()
                        .map(finding -> List.of(finding.subject(), finding.message()))
                        .toList());
    }

    private void stores() {
        section("Stores", plan.stores().stream().map(PlanText::store).toList());
    }

    private static List<String> store(PlannedStore store) {
        String target = String.join(" ", List.of(store.target(), store.targetVersion(), store.instance()))
                .strip();
        return List.of(
                store.name(),
                lower(store.role()),
                (store.engine() + " " + store.version()).strip(),
                "-> " + target,
                "from " + store.sourceUrl().map(SourceUrl::text).orElse("nowhere yet") + pace(store.pace())
                        + settings(store.bucket()));
    }

    private static String settings(BucketSettings bucket) {
        return bucket.properties().isEmpty()
                ? ""
                : ", with its " + String.join(", ", bucket.properties().keySet());
    }

    private static String pace(CopyPace pace) {
        String workers = pace.workers() > 1 ? " by " + pace.workers() + " workers" : "";
        String jobs = pace.jobs() == CopyPace.DEFAULT.jobs() ? "" : ", " + pace.jobs() + " jobs each";
        String rate = pace.bytesPerSecond() == 0 ? "" : ", at most " + pace.bytesPerSecond() + " bytes a second";
        return workers + jobs + rate;
    }

    private void services() {
        section("Services", plan.services().stream().map(PlanText::service).toList());
    }

    private static List<String> service(PlannedService service) {
        return List.of(
                service.name(),
                service.image(),
                service.count() + " x " + service.cpu() / 1024.0 + " vCPU, " + service.memoryMib() + " MB",
                service.port().map(port -> "port " + port).orElse("no port"),
                service.paths().isEmpty() ? "private" : String.join(" ", service.paths()));
    }

    private void environment() {
        section(
                "Environment that changes",
                plan.environment().stream()
                        .filter(variable -> !variable.from().equals(variable.to())
                                || variable.secret().isPresent())
                        .map(PlanText::variable)
                        .toList());
    }

    private static List<String> variable(PlannedVariable variable) {
        String to = variable.to().map(SecretTemplate::text).orElse("(not set)");
        boolean same = variable.from().equals(variable.to());
        return List.of(
                variable.service(),
                variable.name(),
                same ? "(unchanged)" : variable.from().map(SecretTemplate::text).orElse("(new)") + " -> " + to,
                variable.secret().isPresent() ? "[Secrets Manager]" : "");
    }

    private void traffic() {
        PlannedTraffic traffic = plan.traffic();
        String weights = traffic.weights().stream().map(String::valueOf).collect(Collectors.joining(" "));
        section(
                "Traffic",
                List.of(
                        List.of("strategy", lower(plan.strategy()) + ": " + plan.strategyReason()),
                        List.of(
                                "record",
                                traffic.record().orElse("none yet") + " in zone "
                                        + traffic.zone().orElse("none yet")),
                        List.of("weights", weights + ", each for " + traffic.everySeconds() + " s"),
                        List.of(
                                "gate",
                                "at most " + percent(traffic.errorShare())
                                        + " of the answers 5xx; no measurement, no next weight")));
    }

    /** Keys of one service that share a reason stand in one line. */
    private void fates(String title, List<KeyFate> fates) {
        Map<List<String>, List<String>> keys = new LinkedHashMap<>();
        fates.forEach(fate -> keys.computeIfAbsent(List.of(fate.service(), fate.why()), any -> new ArrayList<>())
                .add(fate.key()));
        section(
                title,
                keys.entrySet().stream()
                        .map(entry -> List.of(
                                entry.getKey().getFirst(),
                                String.join(", ", entry.getValue()),
                                entry.getKey().getLast()))
                        .toList());
    }

    private void cost() {
        Cost cost = plan.cost();
        List<List<String>> rows = new ArrayList<>();
        cost.lines().forEach(line -> rows.add(List.of(line.item(), line.quantity(), "$" + line.monthlyUsd())));
        rows.add(List.of("Sum", "", "$" + cost.monthlyUsd()));
        section("Cost a month, prices of " + cost.pricesAsOf() + " in " + cost.region(), rows);
    }

    private void section(String title, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        line("");
        line(title);
        TextTable.lines(rows).forEach(row -> line("  " + row));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3g", share * 100).replaceFirst("\\.?0+$", "") + "%";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
