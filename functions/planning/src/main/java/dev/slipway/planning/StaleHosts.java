package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds variables that would still point at the old network: at a container that is not on the target, or at the host itself. */
final class StaleHosts {
    private static final Set<String> THE_HOST = Set.of("localhost", "127.0.0.1", "host.docker.internal");

    private final Pattern url;

    private StaleHosts(App app) {
        Stream<String> containers = app.services().stream()
                .filter(service -> service.kind() != ServiceKind.APP)
                .map(HostNames::of)
                .flatMap(List::stream);
        String names =
                Stream.concat(containers, THE_HOST.stream()).map(Pattern::quote).collect(Collectors.joining("|"));
        this.url = Pattern.compile("(?:.*(?://|@)(?:" + names + ")(?:[:/?].*)?|(?:" + names + ")(?::\\d+)?)");
    }

    static List<Finding> of(App app, List<PlannedVariable> environment) {
        StaleHosts stale = new StaleHosts(app);
        return environment.stream()
                .filter(stale::isStale)
                .map(StaleHosts::warning)
                .toList();
    }

    private boolean isStale(PlannedVariable variable) {
        return variable.to().filter(to -> url.matcher(to.text()).matches()).isPresent();
    }

    private static Finding warning(PlannedVariable variable) {
        return Finding.warning(
                "service " + variable.service(),
                variable.name() + " still points at the old network ("
                        + variable.to().orElseThrow() + "): give it a value that is right on the target");
    }
}
