package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Spec;
import dev.slipway.migration.spec.StoreSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a store out of a compose service that is a store's server. */
final class StoreReader {
    private static final int POSTGRES_PORT = 5_432;
    private static final int REDIS_PORT = 6_379;
    private static final int MINIO_PORT = 9_000;

    private final Mapping root;
    private final Spec spec;
    private final FolderFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    StoreReader(Mapping root, Spec spec, FolderFacts facts) {
        this.root = root;
        this.spec = spec;
        this.facts = facts;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    AppStore store(Part part, String engine) {
        StoreSpec said = spec.store(part.name());
        StoreRole role = said.role().orElse(StoreRole.RECORD);
        Optional<SourceUrl> source = said.url().or(() -> source(part, engine, said, role));
        return new AppStore(
                part.name(),
                kind(engine),
                engine,
                part.product().map(known -> known.version(part.image())).orElse(""),
                Optional.of(part.name()),
                role,
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

    static boolean isRedis(String engine) {
        return kind(engine) == StoreKind.REDIS;
    }

    private Optional<SourceUrl> source(Part part, String engine, StoreSpec said, StoreRole role) {
        Mapping service = part.definition();
        Credentials credentials = new Credentials(root, service);
        return switch (kind(engine)) {
            case POSTGRES -> Ports.published(service, POSTGRES_PORT).map(port -> postgres(credentials, port, said));
            case REDIS ->
                Ports.published(service, REDIS_PORT).map(port -> redis(credentials, facts.of(part.name()), port, said));
            case OBJECTS -> objects(part, credentials, Ports.published(service, MINIO_PORT), role);
        };
    }

    private SourceUrl postgres(Credentials credentials, int port, StoreSpec said) {
        Optional<SecretTemplate> named = credentials.variable("POSTGRES_USER", "POSTGRESQL_USERNAME", "PGUSER");
        String user = encoded(named.orElse(SecretTemplate.literal("postgres")));
        String database = encoded(credentials
                .variable("POSTGRES_DB", "POSTGRESQL_DATABASE", "PGDATABASE")
                .or(() -> named)
                .orElse(SecretTemplate.literal("postgres")));
        String password = secretOf(said)
                .or(() -> credentials.variable(
                        "POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD", "PGPASSWORD"))
                .map(text -> ":" + encoded(text))
                .orElse("");
        return SourceUrl.of("postgres://" + user + password + "@" + spec.sourceAddress() + ":" + port + "/" + database);
    }

    private SourceUrl redis(Credentials credentials, ServiceFacts file, int port, StoreSpec said) {
        Optional<SecretTemplate> password = secretOf(said)
                .or(() -> credentials.flag("--requirepass"))
                .or(() -> credentials.flagIn("REDIS_ARGS", "--requirepass"))
                .or(() -> credentials.flagIn("VALKEY_EXTRA_FLAGS", "--requirepass"))
                .or(() -> credentials.variable(
                        "REDIS_PASSWORD", "VALKEY_PASSWORD", "KEYDB_PASSWORD", "DFLY_requirepass", "DFLY_PASSWORD"))
                .or(file::password);
        String login = password.map(text -> ":" + encoded(text) + "@").orElse("");
        return SourceUrl.of("redis://" + login + spec.sourceAddress() + ":" + port);
    }

    /** A bucket's name is not in the server's definition: it is looked for around it. */
    private Optional<SourceUrl> objects(Part part, Credentials credentials, Optional<Integer> port, StoreRole role) {
        List<String> buckets = Buckets.of(Nodes.mapping(root, "services"), part.name());
        boolean known = buckets.size() == 1 && port.isPresent();
        if (!known && !buckets.isEmpty() && role != StoreRole.LEAVE) {
            findings.add(Finding.warning(
                    "store " + part.name(),
                    "it has " + (buckets.size() == 1 ? "the bucket " : "the buckets ") + String.join(", ", buckets)
                            + (port.isEmpty() ? ", and its port is not published" : ", and one is moved at a time")
                            + ": name each as a store in slipway.yaml, with 'url: s3://BUCKET?endpoint=http://"
                            + spec.sourceAddress() + ":" + port.orElse(MINIO_PORT) + "'"));
        }
        return known ? Optional.of(bucket(buckets.getFirst(), credentials, port.get())) : Optional.empty();
    }

    private SourceUrl bucket(String bucket, Credentials credentials, int port) {
        Optional<SecretTemplate> key = credentials.variable("MINIO_ROOT_USER", "MINIO_ACCESS_KEY");
        Optional<SecretTemplate> secret = credentials.variable("MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY");
        String login =
                key.isPresent() && secret.isPresent() ? encoded(key.get()) + ":" + encoded(secret.get()) + "@" : "";
        return SourceUrl.of("s3://" + login + bucket + "?endpoint=http://" + spec.sourceAddress() + ":" + port);
    }

    /** A reference to a Secrets Manager secret is its ARN: the worker's side reads it. */
    private static Optional<SecretTemplate> secretOf(StoreSpec said) {
        return said.secret().map(SecretTemplate::reference);
    }

    /** Literal text may hold characters that a URL reserves; references are encoded when they are filled in. */
    private static String encoded(SecretTemplate text) {
        return text.plain().map(SourceUrl::encode).orElse(text.text());
    }
}
