package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where the definition of a store's server says who may log in. */
final class Credentials {
    private static final String SECRET_MOUNT = "/run/secrets/";

    private final Mapping secrets;
    private final Mapping service;

    Credentials(Mapping root, Mapping service) {
        this.secrets = Nodes.mappingOrEmpty(root, "secrets");
        this.service = service;
    }

    /** The first of these variables that is set, or that names a file which holds its value. */
    Optional<SecretTemplate> variable(String... names) {
        return Arrays.stream(names)
                .flatMap(name ->
                        Stream.concat(text(name).stream(), text(name + "_FILE").flatMap(this::fromFile).stream()))
                .findFirst();
    }

    private Optional<SecretTemplate> text(String name) {
        return Nodes.text(Nodes.mappingOrEmpty(service, "environment"), name)
                .filter(text -> !text.isBlank())
                .map(SecretTemplate::new);
    }

    /** What Docker mounts as a secret: under its own name, or where the service says. */
    private Optional<SecretTemplate> fromFile(SecretTemplate path) {
        return path.plain()
                .flatMap(file -> mounted(file)
                        .or(() -> Optional.of(file)
                                .filter(text -> text.startsWith(SECRET_MOUNT))
                                .map(text -> text.substring(SECRET_MOUNT.length())))
                        .flatMap(this::secret));
    }

    private Optional<String> mounted(String file) {
        return Nodes.list(service, "secrets").stream()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .filter(use -> Nodes.text(use, "target")
                        .map(target -> target.startsWith("/") ? target : SECRET_MOUNT + target)
                        .filter(file::equals)
                        .isPresent())
                .flatMap(use -> Nodes.text(use, "source").stream())
                .findFirst();
    }

    private Optional<SecretTemplate> secret(String name) {
        Mapping secret = Nodes.mappingOrEmpty(secrets, name);
        boolean elsewhere =
                Nodes.text(secret, "external").filter("true"::equals).isPresent();
        return Nodes.text(secret, "environment")
                .or(() -> elsewhere ? Optional.of(variableName(name)) : Optional.empty())
                .map(SecretTemplate::reference);
    }

    /** Docker keeps the value of an external secret to itself: it has to be given under this name. */
    static String variableName(String secret) {
        return secret.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }

    /** What follows a flag of the command line, such as {@code --requirepass}. */
    Optional<SecretTemplate> flag(String flag) {
        List<SecretTemplate> words = Stream.of("entrypoint", "command")
                .flatMap(key -> Commands.words(service, key).stream())
                .toList();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            if (word.startsWith(flag + "=")) {
                return Optional.of(new SecretTemplate(word.substring(flag.length() + 1)));
            }
            if (word.equals(flag) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            }
            // Commands are also given to a shell in one word: sh -c "redis-server --requirepass …".
            Optional<SecretTemplate> inside = after(word, flag);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    /** As {@link #flag}, within a variable that holds a command line. */
    Optional<SecretTemplate> flagIn(String variable, String flag) {
        return text(variable).flatMap(line -> after(line.text(), flag));
    }

    private static Optional<SecretTemplate> after(String line, String flag) {
        int inside = line.indexOf(flag + " ");
        return inside < 0
                ? Optional.empty()
                : Optional.of(new SecretTemplate(line.substring(inside + flag.length())
                        .strip()
                        .replaceFirst("^[\"']", "")
                        .split("[\\s\"']+", 2)[0]));
    }
}
