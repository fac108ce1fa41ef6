package dev.slipway.report.plan;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Variables that are the same in each of several services, before and after. */
public record SharedVariables(List<String> services, List<PlannedVariable> variables) {
    public SharedVariables {
        services = List.copyOf(services);
        variables = List.copyOf(variables);
    }

    /** Those that have another value on the target, or reach the service by another way. */
    public static List<SharedVariables> changed(Plan plan) {
        return of(plan, SharedVariables::isChanged);
    }

    /** The others. */
    public static List<SharedVariables> unchanged(Plan plan) {
        return of(plan, variable -> !isChanged(variable));
    }

    /** Whether it has another value on the target. */
    public static boolean hasNewValue(PlannedVariable variable) {
        return !variable.from().equals(variable.to());
    }

    /** The same, or whether it reaches the service by another way. */
    static boolean isChanged(PlannedVariable variable) {
        return hasNewValue(variable)
                || variable.secret().isPresent()
                || variable.parameter().isPresent();
    }

    private static List<SharedVariables> of(Plan plan, Predicate<PlannedVariable> wanted) {
        Map<PlannedVariable, List<PlannedVariable>> alike = plan.environment().stream()
                .filter(wanted)
                .collect(Collectors.groupingBy(SharedVariables::ofAnyService, LinkedHashMap::new, Collectors.toList()));
        Map<List<String>, List<PlannedVariable>> byServices = new LinkedHashMap<>();
        alike.values()
                .forEach(group -> byServices
                        .computeIfAbsent(
                                group.stream().map(PlannedVariable::service).toList(), any -> new ArrayList<>())
                        .add(group.getFirst()));
        return byServices.entrySet().stream()
                .map(entry -> new SharedVariables(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static PlannedVariable ofAnyService(PlannedVariable variable) {
        return new PlannedVariable(
                "",
                variable.name(),
                variable.from(),
                variable.to(),
                variable.secret().map(key -> ""),
                variable.parameter().map(key -> ""));
    }
}
