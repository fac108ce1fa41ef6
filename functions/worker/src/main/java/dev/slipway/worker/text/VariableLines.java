package dev.slipway.worker.text;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.report.plan.SharedVariables;
import dev.slipway.report.plan.ValuePart;
import dev.slipway.report.plan.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;

/** The variables that change, old above new, told once for all services that share them. */
final class VariableLines {
    private final Plan plan;
    private final Extent extent;
    private final Look look;
    private final Sheet sheet;

    VariableLines(Plan plan, Extent extent, Sheet sheet) {
        this.plan = plan;
        this.extent = extent;
        this.look = sheet.look();
        this.sheet = sheet;
    }

    void write() {
        List<SharedVariables> changed = SharedVariables.changed(plan);
        if (changed.isEmpty()) {
            return;
        }
        long variables =
                plan.environment().stream().filter(SharedVariables::hasNewValue).count();
        sheet.title("Environment: " + variables + " of "
                + Words.count(plan.environment().size(), "variable") + (variables == 1 ? " gets" : " get")
                + " another value");
        sheet.say("<store> is what the new store's address turns out to be, its login included.", Style.faint);
        List<SharedVariables> shown = extent.ofGroups(changed);
        shown.forEach(this::group);
        int left = changed.size() - shown.size();
        if (left > 0) {
            sheet.say("and in " + left + " more services or groups of them: see --all", Style.faint);
        }
    }

    private void group(SharedVariables group) {
        sheet.say(
                (group.services().size() == 1 ? "In " : "The same in ") + Words.some(group.services(), extent.names()),
                Style.fg_cyan);
        List<PlannedVariable> changed =
                group.variables().stream().filter(SharedVariables::hasNewValue).toList();
        List<List<Text>> rows = new ArrayList<>();
        extent.of(changed).forEach(variable -> variable(variable, rows));
        sheet.inner(rows);
        int left = extent.left(changed);
        if (left > 0) {
            sheet.say("and " + left + " more: see --all", Style.faint);
        }
        delivered(group);
    }

    /** Those that keep their value and come by another way. */
    private void delivered(SharedVariables group) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        group.variables().stream()
                .filter(variable -> !SharedVariables.hasNewValue(variable))
                .forEach(variable -> names.computeIfAbsent(way(variable), any -> new ArrayList<>())
                        .add(variable.name()));
        sheet.inner(names.entrySet().stream()
                .map(entry -> List.of(
                        look.text("as before" + entry.getKey(), Style.faint),
                        look.text(String.join(", ", entry.getValue()))))
                .toList());
    }

    private void variable(PlannedVariable variable, List<List<Text>> rows) {
        String to = variable.to().map(ValuePart::line).orElse("not set") + way(variable);
        if (variable.from().isEmpty()) {
            rows.add(row(variable.name(), "new", to));
        } else {
            rows.add(row(
                    variable.name(), "was", variable.from().map(ValuePart::line).orElse("")));
            rows.add(row("", "now", to));
        }
    }

    private static String way(PlannedVariable variable) {
        Optional<String> parameter = variable.parameter().map(name -> ", by Parameter Store");
        return variable.secret()
                .map(key -> ", by Secrets Manager")
                .or(() -> parameter)
                .orElse("");
    }

    private List<Text> row(String name, String word, String value) {
        return List.of(look.text(name), look.text(word, Style.faint), look.text(value));
    }
}
