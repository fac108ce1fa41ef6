package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Gives plain configuration the names of parameters, so that it can be changed without a new version of the app. */
final class Parameters {
    /** What the task's definition itself decides. */
    private static final Pattern OF_THE_TASK =
            Pattern.compile("PORT|HOST|HOSTNAME|.*_(?:PORT|HOST|HOSTNAME|URL|URI|ENDPOINT)");

    private static final Pattern PLACE_OF_A_BUCKET = Pattern.compile("target:.*:(?:bucket|region)");

    /** What a standard parameter holds, in characters of UTF-8; others stand in the task. */
    private static final int LONGEST = 1024;

    private final App app;

    Parameters(App app) {
        this.app = app;
    }

    List<PlannedVariable> deliver(List<PlannedVariable> variables) {
        Map<String, Set<Optional<SecretTemplate>>> values = new TreeMap<>();
        variables.forEach(variable ->
                values.computeIfAbsent(variable.name(), any -> new HashSet<>()).add(variable.to()));
        return variables.stream()
                .map(variable -> isConfiguration(variable)
                        ? with(
                                variable,
                                name(
                                        variable,
                                        values.getOrDefault(variable.name(), Set.of())
                                                        .size()
                                                == 1))
                        : variable)
                .toList();
    }

    private String name(PlannedVariable variable, boolean shared) {
        return shared
                ? ParameterNames.parameter(app, variable.name())
                : ParameterNames.parameter(app, variable.service(), variable.name());
    }

    private static boolean isConfiguration(PlannedVariable variable) {
        boolean plain = variable.to()
                .filter(to -> !to.text().isBlank()
                        && !to.text().contains("{{")
                        && to.text().length() <= LONGEST)
                .filter(to -> to.references().stream()
                        .allMatch(reference ->
                                PLACE_OF_A_BUCKET.matcher(reference).matches()))
                .isPresent();
        return plain
                && variable.secret().isEmpty()
                && !OF_THE_TASK.matcher(variable.name()).matches();
    }

    private static PlannedVariable with(PlannedVariable variable, String parameter) {
        return new PlannedVariable(
                variable.service(),
                variable.name(),
                variable.from(),
                variable.to(),
                variable.secret(),
                Optional.of(parameter));
    }
}
