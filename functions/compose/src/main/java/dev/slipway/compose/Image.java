package dev.slipway.compose;

import dev.slipway.migration.app.ServiceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An image's name and tag, and what is known of it.
 *
 * @param name the last part of the repository, e.g. {@code postgres}
 * @param tag empty where none is written
 */
record Image(String repository, String name, String tag) {
    private static final Pattern VERSION = Pattern.compile("(?:^|.*[^0-9.])(\\d+(?:\\.\\d+)*).*");
    private static final Map<String, String> ENGINES = Map.ofEntries(
            Map.entry("postgres", "postgres"),
            Map.entry("postgresql", "postgres"),
            Map.entry("postgis", "postgres"),
            Map.entry("timescaledb", "postgres"),
            Map.entry("timescaledb-ha", "postgres"),
            Map.entry("pgvector", "postgres"),
            Map.entry("redis", "redis"),
            Map.entry("redis-stack", "redis"),
            Map.entry("redis-stack-server", "redis"),
            Map.entry("valkey", "valkey"),
            Map.entry("minio", "minio"));
    private static final Map<String, String> UNMOVED = Map.ofEntries(
            Map.entry("mysql", "Amazon RDS for MySQL"),
            Map.entry("mariadb", "Amazon RDS for MariaDB"),
            Map.entry("mongo", "Amazon DocumentDB"),
            Map.entry("mongodb", "Amazon DocumentDB"),
            Map.entry("clickhouse-server", "ClickHouse on EC2"),
            Map.entry("kafka", "Amazon MSK"),
            Map.entry("cp-kafka", "Amazon MSK"),
            Map.entry("zookeeper", "Amazon MSK"),
            Map.entry("rabbitmq", "Amazon MQ"),
            Map.entry("nats", "Amazon MQ"),
            Map.entry("elasticsearch", "Amazon OpenSearch Service"),
            Map.entry("opensearch", "Amazon OpenSearch Service"),
            Map.entry("memcached", "Amazon ElastiCache for Memcached"),
            Map.entry("cassandra", "Amazon Keyspaces"),
            Map.entry("influxdb", "Amazon Timestream"),
            Map.entry("neo4j", "Amazon Neptune"));
    private static final Set<String> MONITORING = Set.of(
            "prometheus",
            "grafana",
            "grafana-oss",
            "grafana-enterprise",
            "loki",
            "promtail",
            "tempo",
            "alertmanager",
            "node-exporter",
            "cadvisor",
            "postgres-exporter",
            "postgres_exporter",
            "redis_exporter",
            "all-in-one",
            "jaeger",
            "opentelemetry-collector",
            "opentelemetry-collector-contrib");
    /** What people run beside an app only while they write it. */
    private static final Set<String> DEVELOPMENT = lines("development-images.txt");

    private static Set<String> lines(String resource) {
        try (InputStream in = Image.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Image parse(String text) {
        String withoutDigest = text.replaceFirst("@sha256:.*$", "");
        int slash = withoutDigest.lastIndexOf('/');
        int colon = withoutDigest.indexOf(':', slash + 1);
        String repository = colon < 0 ? withoutDigest : withoutDigest.substring(0, colon);
        return new Image(
                repository, repository.substring(slash + 1), colon < 0 ? "" : withoutDigest.substring(colon + 1));
    }

    /** The engine of a store that Slipway moves. */
    Optional<String> engine() {
        return Optional.ofNullable(ENGINES.get(name));
    }

    /** For a store that Slipway does not move, the service of AWS that a person would choose. */
    Optional<String> unmoved() {
        return Optional.ofNullable(UNMOVED.get(name));
    }

    ServiceKind kind() {
        if (engine().isPresent() || unmoved().isPresent()) {
            return ServiceKind.STORE;
        }
        if (MONITORING.contains(name)) {
            return ServiceKind.MONITORING;
        }
        return DEVELOPMENT.contains(name) ? ServiceKind.DEVELOPMENT : ServiceKind.APP;
    }

    /** The version in the tag, e.g. 15 of {@code 15-alpine}, or 15 of {@code latest-pg15}; empty where there is none. */
    String version() {
        Matcher postgres = Pattern.compile(".*pg-?(\\d+(?:\\.\\d+)*).*").matcher(tag);
        if (postgres.matches()) {
            return postgres.group(1);
        }
        Matcher first = Pattern.compile("v?(\\d+(?:\\.\\d+)*).*").matcher(tag);
        Matcher any = VERSION.matcher(tag);
        return first.matches() ? first.group(1) : any.matches() ? any.group(1) : "";
    }
}
