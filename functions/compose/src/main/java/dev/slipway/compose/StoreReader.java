package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import java.util.List;
import java.util.Optional;

/** Makes a store out of a compose service that is a store's server. */
final class StoreReader {
    private static final String SECRET_MOUNT = "/run/secrets/";

    private final Mapping secrets;
    private final Spec spec;

    StoreReader(Mapping root, Spec spec) {
        this.secrets = Nodes.mappingOrEmpty(root, "secrets");
        this.spec = spec;
    }

    AppStore store(String service, Mapping definition, String version, String engine) {
        StoreSpec said = spec.store(service);
        String named = said.engine().orElse(engine);
        Optional<SourceUrl> source = said.url().or(() -> source(definition, named, said));
        return new AppStore(
                service,
                kind(named),
                named,
                version,
                Optional.of(service),
                said.role().orElse(StoreRole.RECORD),
                source,
                List.of());
    }

    static StoreKind kind(String engine) {
        return switch (engine) {
            case "postgres" -> StoreKind.POSTGRES;
            case "redis", "valkey" -> StoreKind.REDIS;
            default -> StoreKind.OBJECTS;
        };
    }

    private Optional<SourceUrl> source(Mapping service, String engine, StoreSpec said) {
        return switch (kind(engine)) {
            case POSTGRES -> Ports.published(service, 5432).map(port -> postgres(service, port, said));
            case REDIS -> Ports.published(service, 6379).map(port -> redis(service, port, said));
            // A bucket's name and keys are not in the server's definition: slipway.yaml has to say them.
            case OBJECTS -> Optional.empty();
        };
    }

    private SourceUrl postgres(Mapping service, int port, StoreSpec said) {
        String user = encoded(variable(service, "POSTGRES_USER").orElse(SecretTemplate.literal("postgres")));
        String database = encoded(variable(service, "POSTGRES_DB")
                .or(() -> variable(service, "POSTGRES_USER"))
                .orElse(SecretTemplate.literal("postgres")));
        String password =
                password(service, said).map(text -> ":" + encoded(text)).orElse("");
        return SourceUrl.of("postgres://" + user + password + "@" + spec.sourceAddress() + ":" + port + "/" + database);
    }

    private SourceUrl redis(Mapping service, int port, StoreSpec said) {
        Optional<SecretTemplate> password =
                secretOf(said).or(() -> flag(service, "--requirepass")).or(() -> variable(service, "REDIS_PASSWORD"));
        String login = password.map(text -> ":" + encoded(text) + "@").orElse("");
        return SourceUrl.of("redis://" + login + spec.sourceAddress() + ":" + port);
    }

    private Optional<SecretTemplate> password(Mapping service, StoreSpec said) {
        return secretOf(said)
                .or(() -> variable(service, "POSTGRES_PASSWORD"))
                .or(() -> variable(service, "POSTGRES_PASSWORD_FILE").flatMap(this::fromFile));
    }

    /** A reference to a Secrets Manager secret is its ARN: the worker's side reads it. */
    private static Optional<SecretTemplate> secretOf(StoreSpec said) {
        return said.secret().map(SecretTemplate::reference);
    }

    private Optional<SecretTemplate> fromFile(SecretTemplate path) {
        return path.plain()
                .filter(text -> text.startsWith(SECRET_MOUNT))
                .map(text -> text.substring(SECRET_MOUNT.length()))
                .flatMap(name -> Nodes.text(Nodes.mappingOrEmpty(secrets, name), "environment"))
                .map(SecretTemplate::reference);
    }

    private static Optional<SecretTemplate> variable(Mapping service, String name) {
        return Nodes.text(Nodes.mappingOrEmpty(service, "environment"), name)
                .filter(text -> !text.isBlank())
                .map(SecretTemplate::new);
    }

    private static Optional<SecretTemplate> flag(Mapping service, String flag) {
        List<SecretTemplate> words = Commands.words(service, "command");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            if (word.startsWith(flag + "=")) {
                return Optional.of(new SecretTemplate(word.substring(flag.length() + 1)));
            }
            // Commands are also given to a shell in one word: sh -c "redis-server --requirepass …".
            int inside = word.indexOf(flag + " ");
            if (inside >= 0) {
                return Optional.of(new SecretTemplate(
                        word.substring(inside + flag.length()).strip().split("[\\s\"']+", 2)[0]));
            }
            if (word.equals(flag) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Literal text may hold characters that a URL reserves; references are encoded when they are filled in. */
    private static String encoded(SecretTemplate text) {
        return text.plain().map(SourceUrl::encode).orElse(text.text());
    }
}
