package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.spec.Spec;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The domain that the app's mail comes from, which Amazon SES has to know for the sender's own.
 *
 * @param name empty: nothing says it
 * @param isInZone whether the target can show that, by records in {@code traffic.zone}
 */
record MailDomain(Optional<String> name, boolean isInZone) {
    private static final Pattern SENDER = Pattern.compile(".*(?:FROM|SENDER).*");
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@([a-z0-9-]+(?:\\.[a-z0-9-]+)+)");

    static MailDomain of(App app, Spec spec) {
        Optional<String> zone = spec.traffic().zone();
        Optional<String> sender = sender(app);
        // A domain that SES knows may send for all below it.
        return zone.filter(
                        name -> sender.filter(domain -> !isWithin(domain, name)).isEmpty())
                .map(name -> new MailDomain(zone, true))
                .orElseGet(() -> new MailDomain(sender, false));
    }

    private static boolean isWithin(String domain, String zone) {
        return domain.equals(zone) || domain.endsWith("." + zone);
    }

    /** As an address among its variables says. */
    private static Optional<String> sender(App app) {
        return Stream.of(ServiceKind.APP, ServiceKind.JOB)
                .flatMap(kind -> app.services(kind).stream())
                .map(AppService::environment)
                .flatMap(variables -> variables.entrySet().stream())
                .filter(variable -> SENDER.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .map(SecretTemplate::text)
                .flatMap(text -> ADDRESS.matcher(text).results())
                .map((MatchResult address) -> address.group(1))
                .findFirst();
    }
}
