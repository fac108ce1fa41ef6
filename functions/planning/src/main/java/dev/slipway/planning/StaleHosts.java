package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedVariable;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Spec;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds variables that would still point at the old network: at a container that is not on the target, or at the host itself. */
final class StaleHosts {
    private static final Set<String> THE_HOST =
            Set.of("localhost", "127.0.0.1", "host.docker.internal", "gateway.docker.internal");
    private static final Pattern MAIL = Pattern.compile("(?i)(?:.*_)?(?:SMTP|MAIL|EMAIL|MAILER)_.*");

    private final Pattern anywhere;
    private final Pattern whole;
    private final String region;

    private StaleHosts(App app, Spec spec) {
        String gone = names(app.services().stream().filter(service -> service.kind() != ServiceKind.APP));
        boolean moved = spec.target().compute() != Compute.EKS;
        String any = moved ? names(app.services().stream()) : gone;
        String end = "(?:\\.[a-z0-9-]+\\.svc(?:\\.cluster\\.local)?)?(?![A-Za-z0-9_-])(?!\\.[A-Za-z])";
        this.anywhere =
                Pattern.compile("(?://|@|(?i:(?<![A-Za-z])(?:host|hostaddr|server|data source)\\s*=\\s*(?:tcp:)?))(?:"
                        + any + ")" + end + "|(?<![A-Za-z0-9_.:/@$}-])(?:" + any
                        + ")(?:\\.[a-z0-9-]+\\.svc(?:\\.cluster\\.local)?)?:\\d+");
        this.whole = Pattern.compile("(?:" + gone + ")");
        this.region = spec.target().region();
    }

    static List<Finding> of(App app, Spec spec, List<PlannedVariable> environment) {
        StaleHosts stale = new StaleHosts(app, spec);
        TraceVariables traces = new TraceVariables(app, spec);
        return environment.stream()
                .filter(stale::isStale)
                .filter(variable -> variable.from()
                        .flatMap(from -> traces.rewrite(variable.name(), from))
                        .isEmpty())
                .map(stale::warning)
                .toList();
    }

    private boolean isStale(PlannedVariable variable) {
        return variable.to()
                .filter(to -> anywhere.matcher(to.text()).find()
                        || Stream.of(to.text().split(",", -1))
                                .map(String::strip)
                                .anyMatch(name -> whole.matcher(name).matches()))
                .isPresent();
    }

    private Finding warning(PlannedVariable variable) {
        String instead = MAIL.matcher(variable.name()).matches()
                ? "on the target mail goes by Amazon SES: email-smtp." + region
                        + ".amazonaws.com, port 587, with a login of SES"
                : "give it a value that is right on the target";
        return Finding.warning(
                "service " + variable.service(),
                variable.name() + " still points at the old network ("
                        + variable.to().orElseThrow() + "): " + instead);
    }

    private static String names(Stream<AppService> services) {
        return Stream.concat(services.map(HostNames::of).flatMap(List::stream), THE_HOST.stream())
                .distinct()
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }
}
