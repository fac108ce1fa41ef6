package dev.slipway.compose.kubernetes;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Finding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is said of objects that are not read: kinds of somebody else's, and stores that an operator makes. */
final class Kinds {
    private static final Set<String> BUILT_IN = Set.of(
            "",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apps",
            "autoscaling",
            "batch",
            "extensions",
            "networking.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");
    /** Stores by the group and kind of their operators, as {@code engine} of slipway.yaml writes them; blank: one that is not moved. */
    private static final Map<String, String> STORES = Map.ofEntries(
            Map.entry("postgresql.cnpg.io/Cluster", "postgres"),
            Map.entry("acid.zalan.do/postgresql", "postgres"),
            Map.entry("postgres-operator.crunchydata.com/PostgresCluster", "postgres"),
            Map.entry("pgv2.percona.com/PerconaPGCluster", "postgres"),
            Map.entry("kubedb.com/Postgres", "postgres"),
            Map.entry("kubedb.com/Redis", "redis"),
            Map.entry("databases.spotahome.com/RedisFailover", "redis"),
            Map.entry("redis.redis.opstreelabs.in/Redis", "redis"),
            Map.entry("redis.redis.opstreelabs.in/RedisCluster", "redis"),
            Map.entry("minio.min.io/Tenant", "minio"),
            Map.entry("kafka.strimzi.io/Kafka", ""),
            Map.entry("mongodbcommunity.mongodb.com/MongoDBCommunity", ""),
            Map.entry("mysql.oracle.com/InnoDBCluster", ""),
            Map.entry("rabbitmq.com/RabbitmqCluster", ""),
            Map.entry("elasticsearch.k8s.elastic.co/Elasticsearch", ""));

    private Kinds() {}

    static Optional<Finding> finding(Manifest manifest) {
        String engine = STORES.get(manifest.group() + "/" + manifest.kind());
        if (engine != null) {
            return Optional.of(store(manifest, engine));
        }
        return BUILT_IN.contains(manifest.group()) || isDelivery(manifest)
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        manifest.subject(),
                        "is of a kind that Slipway does not read (" + manifest.apiVersion()
                                + "): see under 'lost' what takes its place, and whether the app needs it"));
    }

    private static Finding store(Manifest manifest, String engine) {
        String said = engine.isEmpty()
                ? "which Slipway does not move: write 'stores: {" + manifest.name()
                        + ": {role: leave}}' in slipway.yaml to leave it where it is"
                : "which is reached from outside of the cluster only: write 'stores: {" + manifest.name()
                        + ": {engine: " + engine + ", url: …}}' in slipway.yaml";
        return Finding.blocker("store " + manifest.name(), "is made by an operator (" + manifest.kind() + "), " + said);
    }

    /** Whether it tells Argo CD what to deploy. */
    static boolean isDelivery(Manifest manifest) {
        return manifest.group().equals("argoproj.io") && manifest.kind().startsWith("App");
    }

    /** Whether {@code spec.selector.matchLabels} takes in what has these labels. */
    static boolean selects(Manifest manifest, Map<String, String> labels) {
        Mapping selector = Nodes.mappingOrEmpty(Nodes.mappingOrEmpty(manifest.node(), "spec"), "selector");
        Mapping wanted = Nodes.mappingOrEmpty(selector, "matchLabels");
        return !wanted.entries().isEmpty()
                && wanted.entries().entrySet().stream()
                        .allMatch(entry ->
                                Nodes.asText(entry.getKey(), entry.getValue()).equals(labels.get(entry.getKey())));
    }
}
