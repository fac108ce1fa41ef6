package dev.slipway.planning;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The names under which containers of a compose network reach a service. */
final class HostNames {
    private HostNames() {}

    static List<String> of(AppService service) {
        return Stream.of(
                        Optional.of(service.name()), declared(service, "container_name"), declared(service, "hostname"))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<String> declared(AppService service, String key) {
        return Optional.ofNullable(service.declared().get(key)).flatMap(SecretTemplate::plain);
    }
}
