package dev.slipway.planning;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The names under which others of the old network reach a service. */
final class HostNames {
    private static final String ALIASES = "networks\\..+\\.aliases|Service\\.metadata\\.name";

    private HostNames() {}

    static List<String> of(AppService service) {
        Stream<String> aliases = service.declared().entrySet().stream()
                .filter(key -> key.getKey().matches(ALIASES))
                .map(Map.Entry::getValue)
                .flatMap(HostNames::items);
        return Stream.concat(
                        Stream.of(
                                        Optional.of(service.name()),
                                        declared(service, "container_name"),
                                        declared(service, "hostname"))
                                .flatMap(Optional::stream),
                        aliases)
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
    }

    /** Names that the service has for others: {@code db:database} is the service {@code db}, called {@code database}. */
    static Stream<List<String>> links(AppService service) {
        return Optional.ofNullable(service.declared().get("links")).stream()
                .flatMap(HostNames::items)
                .map(link -> List.of(link.split(":", 2)))
                .filter(link -> link.size() == 2);
    }

    private static Stream<String> items(SecretTemplate list) {
        return Arrays.stream(list.text().replaceAll("[\\[\\]]", "").split(",")).map(String::strip);
    }

    private static Optional<String> declared(AppService service, String key) {
        return Optional.ofNullable(service.declared().get(key)).flatMap(SecretTemplate::plain);
    }
}
