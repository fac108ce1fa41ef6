package dev.slipway.steps;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the variables of the plan's services reach them: plain where the value is known and no secret, otherwise by one secret of the
 * target whose keys are {@code service.NAME}.
 */
record ServiceEnvironment(Plan plan) {

    /** The name of the secret that the target's services read. */
    String secretName() {
        return "slipway/targets/" + plan.app();
    }

    /** Variables with their values. */
    Map<String, String> plain(String service) {
        return collect(
                service,
                variable -> !isDelivered(variable),
                variable -> variable.to().flatMap(to -> to.plain()).orElse(""));
    }

    /** Variables with the place in the secret where ECS finds their values. */
    Map<String, String> secret(String service, String secretArn) {
        return collect(service, ServiceEnvironment::isDelivered, variable -> secretArn + ":" + key(variable) + "::");
    }

    /**
     * The secret's content.
     *
     * @param values of the references: the app's secrets and the target's endpoints
     */
    Map<String, String> secretValues(Map<String, String> values) {
        Map<String, String> content = new TreeMap<>();
        plan.environment().stream()
                .filter(ServiceEnvironment::isDelivered)
                .forEach(variable -> variable.to().ifPresent(to -> content.put(key(variable), to.resolve(values))));
        return content;
    }

    private Map<String, String> collect(
            String service,
            java.util.function.Predicate<PlannedVariable> which,
            Function<PlannedVariable, String> value) {
        return plan.environmentOf(service).stream()
                .filter(variable -> variable.to().isPresent())
                .filter(which)
                .collect(Collectors.toMap(PlannedVariable::name, value, (first, second) -> second, TreeMap::new));
    }

    private static boolean isDelivered(PlannedVariable variable) {
        return variable.secret().isPresent()
                || variable.to().filter(to -> to.hasReferences()).isPresent();
    }

    private static String key(PlannedVariable variable) {
        return variable.secret().orElse(variable.service() + "." + variable.name());
    }
}
