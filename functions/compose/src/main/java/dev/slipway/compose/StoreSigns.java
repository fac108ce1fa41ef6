package dev.slipway.compose;

import dev.slipway.compose.Mounts.MountedVolume;
import dev.slipway.compose.images.Catalog;
import dev.slipway.compose.images.Image;
import dev.slipway.compose.images.Product;
import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Tables;
import dev.slipway.migration.app.SecretTemplate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Knows a store by what its service says, where its image says nothing. */
final class StoreSigns {
    private static final List<Sign> SIGNS =
            Tables.rows(StoreSigns.class, "signs.psv").stream().map(Sign::of).toList();

    private static final Pattern DATABASE = Pattern.compile(
            "(?i)(.*[-_.])?(db|database|postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|minio)\\d?");

    private StoreSigns() {}

    /** @param reason why it is taken for that product */
    record Likeness(Product product, String reason) {}

    static Optional<Likeness> of(String name, Mapping service, Image image) {
        return SIGNS.stream()
                .flatMap(sign -> sign
                        .reason(name, service, image)
                        .map(reason -> new Likeness(Catalog.product(sign.product()), reason))
                        .stream())
                .findFirst();
    }

    private record Sign(
            String product, String command, List<String> folders, String port, List<String> variables, String word) {

        static Sign of(List<String> row) {
            return new Sign(
                    row.get(0), row.get(1), Tables.words(row.get(2)), row.get(3), Tables.words(row.get(4)), row.get(5));
        }

        Optional<String> reason(String name, Mapping service, Image image) {
            return runsServer(service)
                    .or(() -> keepsData(service))
                    .or(() -> isOpen(service)
                            ? asNamed(image).or(() -> hasVariable(service, "its port is " + port))
                            : Optional.empty())
                    .or(() -> DATABASE.matcher(name).matches()
                            ? hasVariable(service, "it is called " + name)
                            : Optional.empty());
        }

        private Optional<String> runsServer(Mapping service) {
            List<String> words = Commands.words(service, "command").stream()
                    .map(SecretTemplate::text)
                    .toList();
            String first = words.isEmpty() ? "" : words.getFirst().replaceFirst("^.*/", "");
            boolean server = !command.isEmpty()
                    && first.equals(command)
                    && (!command.equals("minio") || words.contains("server"));
            return server ? Optional.of("it runs '" + command + "'") : Optional.empty();
        }

        private Optional<String> keepsData(Mapping service) {
            return Mounts.of(service).stream()
                    .filter(mount -> !mount.readOnly())
                    .map(MountedVolume::target)
                    .filter(target -> folders.stream()
                            .anyMatch(folder -> target.equals(folder) || target.startsWith(folder + "/")))
                    .findFirst()
                    .map(target -> "it keeps its data in " + target);
        }

        private boolean isOpen(Mapping service) {
            return Ports.of(service).stream()
                    .anyMatch(open -> Integer.toString(open.container()).equals(port));
        }

        private Optional<String> asNamed(Image image) {
            return image.name().contains(word)
                    ? Optional.of("its image is called " + image.name() + " and its port is " + port)
                    : Optional.empty();
        }

        private Optional<String> hasVariable(Mapping service, String besides) {
            Mapping environment = Nodes.mappingOrEmpty(service, "environment");
            return variables.stream()
                    .filter(environment.entries()::containsKey)
                    .findFirst()
                    .map(variable -> besides + " and it has " + variable);
        }
    }
}
