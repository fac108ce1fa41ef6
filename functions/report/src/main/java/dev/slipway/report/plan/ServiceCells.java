package dev.slipway.report.plan;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.PlannedService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A service, as texts. */
record ServiceCells(
        String name,
        String image,
        Optional<String> command,
        String tasks,
        String size,
        Optional<Integer> port,
        List<String> paths,
        Optional<String> hosts,
        Optional<String> health) {

    static ServiceCells of(PlannedService service) {
        return new ServiceCells(
                service.name(),
                service.image(),
                command(service.command()),
                Words.tasks(service),
                Words.size(service.cpu(), service.memoryMib()),
                service.port(),
                service.paths(),
                Optional.of(String.join(", ", service.hosts())).filter(names -> !names.isEmpty()),
                service.paths().isEmpty() ? Optional.empty() : Optional.of(service.healthPath()));
    }

    /** Words with a space between them; empty where the image's own command runs. */
    static Optional<String> command(List<SecretTemplate> words) {
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(words.stream().map(ValuePart::line).collect(Collectors.joining(" ")));
    }

    boolean isPrivate() {
        return paths.isEmpty();
    }
}
