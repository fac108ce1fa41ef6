package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.plan.TargetNames;
import java.util.Locale;

/** What secrets and parameters of the target are called. */
final class ParameterNames {
    private ParameterNames() {}

    /** One for all variables: each one more costs as much again. */
    static String secret(App app) {
        return "slipway/targets/" + app.name();
    }

    static String folder(App app) {
        return TargetNames.folder(app.name());
    }

    /** Of a variable that all services which have it agree on. */
    static String parameter(App app, String variable) {
        return folder(app) + dashed(variable);
    }

    /** Of a variable that has another value in other services. */
    static String parameter(App app, String service, String variable) {
        return folder(app) + service + "/" + dashed(variable);
    }

    private static String dashed(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
