package dev.slipway.blueprints;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the variables of the plan's services reach them: by a parameter where it is a setting, otherwise plain where the value is known
 * and no secret, otherwise by one secret of the target whose keys are {@code service.NAME}.
 */
public record ServiceEnvironment(Plan plan) {

    /** Variables with their values. */
    Map<String, String> plain(String service) {
        return collect(
                service,
                variable ->
                        variable.delivered().isEmpty() && variable.parameter().isEmpty(),
                variable -> variable.to().flatMap(to -> to.plain()).orElse(""));
    }

    /** Variables with their keys in the secret. */
    Map<String, String> secret(String service) {
        return collect(
                service,
                variable -> variable.delivered().isPresent(),
                variable -> variable.delivered().orElseThrow());
    }

    /** The keys that the secret has. */
    SortedSet<String> secretKeys() {
        return plan.environment().stream()
                .flatMap(variable -> variable.delivered().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Variables with the names of their parameters. */
    Map<String, String> parameter(String service) {
        return collect(
                service,
                variable -> variable.parameter().isPresent(),
                variable -> variable.parameter().orElse(""));
    }

    /**
     * The secret's content.
     *
     * @param values of the references: the app's secrets and the target's endpoints
     */
    public Map<String, String> secretValues(Map<String, String> values) {
        Map<String, String> content = new TreeMap<>();
        plan.environment()
                .forEach(variable -> variable.delivered()
                        .ifPresent(key -> variable.to().ifPresent(to -> content.put(key, to.resolve(values)))));
        return content;
    }

    private Map<String, String> collect(
            String service, Predicate<PlannedVariable> which, Function<PlannedVariable, String> value) {
        return plan.environmentOf(service).stream()
                .filter(variable -> variable.to().isPresent())
                .filter(which)
                .collect(Collectors.toMap(PlannedVariable::name, value, (first, second) -> second, TreeMap::new));
    }
}
