package dev.slipway.blueprints;

import dev.slipway.migration.spec.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The stores, and who may reach them. */
record TargetStores(TargetSpec spec) {
    /** ElastiCache allows 40 characters, of which the blueprint adds up to 18. */
    private static final int IDENTIFIER_LENGTH = 18;

    void addTo(Template template) {
        for (TargetSpec.Store store : spec.stores()) {
            switch (store.kind()) {
                case POSTGRES -> addServer(template, store, postgres(store), 5432);
                case REDIS -> addServer(template, store, redis(store), 6379);
                case OBJECTS -> template.add(bucket(store));
            }
        }
    }

    private static Piece bucket(TargetSpec.Store store) {
        Piece bucket = Blueprint.named("bucket").place(prefix(store), Map.of("TaskRole", Intrinsic.ref("TaskRole")));
        store.bucket().properties().forEach((property, value) -> {
            Map<String, Object> known = bucket.properties("Bucket");
            known.merge(property, value, TargetStores::both);
        });
        return bucket;
    }

    /** The lists of both, one after the other; otherwise what was said. */
    private static Object both(Object ours, Object said) {
        Map<String, Object> all = new LinkedHashMap<>(Blueprint.mapping(ours));
        Blueprint.mapping(said)
                .forEach((name, value) -> all.merge(
                        name,
                        value,
                        (one, other) -> one instanceof List<?> first && other instanceof List<?> second
                                ? Stream.concat(first.stream(), second.stream())
                                        .distinct()
                                        .toList()
                                : other));
        return all;
    }

    private void addServer(Template template, TargetSpec.Store store, Piece server, int port) {
        template.add(server);
        Object group = Intrinsic.attribute(prefix(store) + "SecurityGroup.GroupId");
        int number = 0;
        for (String worker : spec.workers()) {
            boolean isGroup = worker.startsWith("sg-");
            number++;
            template.add(Blueprint.named(isGroup ? "access-group" : "access-range")
                    .place(
                            prefix(store) + "Worker" + number,
                            Map.of(
                                    "Group",
                                    group,
                                    isGroup ? "Source" : "Range",
                                    worker,
                                    "Port",
                                    port,
                                    "Who",
                                    "Workers")));
        }
    }

    private Piece postgres(TargetSpec.Store store) {
        return Blueprint.named("postgres")
                .place(
                        prefix(store),
                        Map.ofEntries(
                                Map.entry("App", spec.app()),
                                Map.entry("Store", store.name()),
                                Map.entry("Vpc", TargetNetwork.VPC),
                                Map.entry("Subnets", TargetNetwork.subnets("StoresSubnet")),
                                Map.entry("Services", TargetNetwork.SERVICES),
                                Map.entry("Version", store.version()),
                                Map.entry("Family", "postgres" + store.version().split("\\.", 2)[0]),
                                Map.entry("InstanceClass", store.instance()),
                                Map.entry("StorageGb", Integer.toString(store.storageGb())),
                                Map.entry("Database", store.database()),
                                Map.entry("MultiAz", !isPoc())));
    }

    private Piece redis(TargetSpec.Store store) {
        return Blueprint.named("redis")
                .place(
                        prefix(store),
                        Map.ofEntries(
                                Map.entry("App", spec.app()),
                                Map.entry("Store", store.name()),
                                Map.entry("Identifier", identifier(store.name())),
                                Map.entry("Vpc", TargetNetwork.VPC),
                                Map.entry("Subnets", TargetNetwork.subnets("StoresSubnet")),
                                Map.entry("Services", TargetNetwork.SERVICES),
                                Map.entry("Version", store.version()),
                                Map.entry("NodeType", store.instance()),
                                Map.entry("Nodes", isPoc() ? 1 : 2),
                                Map.entry("Failover", !isPoc()),
                                Map.entry("Encrypted", spec.encryptedCache()),
                                Map.entry("Scheme", spec.encryptedCache() ? "rediss" : "redis")));
    }

    private boolean isPoc() {
        return spec.size() == Size.POC;
    }

    private static String prefix(TargetSpec.Store store) {
        return LogicalName.of(store.name());
    }

    /** Small letters, digits and single hyphens, with a letter first. */
    static String identifier(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+", "");
        String beginning = plain.substring(0, Math.min(plain.length(), IDENTIFIER_LENGTH));
        return beginning.replaceAll("-+$", "");
    }
}
