package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guides and the issue ask of a Redis. */
final class RedisTargetTest {
    /** BahnVision: "num-cache-clusters 2, automatic-failover-enabled, multi-az-enabled", "15-day retention". */
    @ParameterizedTest
    @CsvSource({"poc, 1, false, 7", "small, 2, true, 15", "medium, 2, true, 15"})
    void failsOverAndIsBackedUpAsItsSizeSays(String size, int nodes, boolean failover, int days) {
        JsonNode template = of(size, "redis:7.0", "");
        assertThat(group(template, "NumCacheClusters").asInt()).isEqualTo(nodes);
        assertThat(group(template, "AutomaticFailoverEnabled").asBoolean()).isEqualTo(failover);
        assertThat(group(template, "MultiAZEnabled").asBoolean()).isEqualTo(failover);
        assertThat(group(template, "SnapshotRetentionLimit").asInt()).isEqualTo(days);
    }

    /** ProStudio: "ElastiCache: 1 node → 3 nodes". */
    @Test
    void hasMoreNodesWhereReplicasAreAskedFor() {
        assertThat(group(of("small", "redis:7.0", "replicas: 1"), "NumCacheClusters")
                        .asInt())
                .isEqualTo(3);
    }

    /** SmartBoard: "Enable at-rest encryption + in-transit TLS", "Cluster mode: disabled", "Redis OSS (engine 7.x)". */
    @Test
    void isEncryptedAndInOnePieceForSmartboard() {
        JsonNode template = template(Targets.guide("smartboard"));
        assertThat(group(template, "AtRestEncryptionEnabled").asBoolean()).isTrue();
        assertThat(group(template, "TransitEncryptionEnabled").asBoolean()).isTrue();
        assertThat(group(template, "Engine").asText()).isEqualTo("redis");
        assertThat(group(template, "EngineVersion").asText()).isEqualTo("7.1");
        assertThat(parameters(template).path("cluster-enabled").asText()).isEqualTo("no");
        assertThat(parameters(template).path("maxmemory-policy").asText())
                .as("BullMQ loses jobs otherwise")
                .isEqualTo("noeviction");
    }

    @ParameterizedTest
    @CsvSource({
        "record, allkeys-lfu, noeviction",
        "cache, allkeys-lfu, allkeys-lfu",
        "cache, , volatile-lru",
        "record, , noeviction"
    })
    void dropsWhenItIsFullWhatItsRoleAllows(String role, String said, String policy) {
        String command = said == null ? "redis-server" : "redis-server --maxmemory-policy " + said;
        TargetSpec spec = Targets.of(
                "services: {redis: {image: 'redis:7.0', command: " + command + "}, web: {image: 'shop/web:1'}}",
                "stores: {redis: {role: " + role + "}}");
        assertThat(parameters(template(spec)).path("maxmemory-policy").asText()).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource({"record, +@read", "cache, +@all"})
    void isWrittenToBeforeTheCutoverWhereItIsACache(String role, String may) {
        JsonNode template = of("small", "redis:7.0", "role: " + role);
        assertThat(property(template, "RedisAppUser", "AccessString").asText()).contains(may);
    }

    /** MigrateAI: "Redis cluster mode". */
    @Test
    void isSpreadOverShardsWhereAsked() {
        JsonNode template = of("small", "redis:7.0", "shards: 3");
        assertThat(group(template, "NumNodeGroups").asInt()).isEqualTo(3);
        assertThat(group(template, "ReplicasPerNodeGroup").asInt()).isEqualTo(1);
        assertThat(group(template, "NumCacheClusters").isMissingNode()).isTrue();
        assertThat(parameters(template).path("cluster-enabled").asText()).isEqualTo("yes");
        assertThat(template.at("/Outputs/RedisHost/Value/Fn::GetAtt/1").asText())
                .isEqualTo("ConfigurationEndPoint.Address");
    }

    @Test
    void isValkeyWhereTheSourceIsNewerThanRedisOss() {
        JsonNode template = of("small", "valkey/valkey:8.0", "");
        assertThat(group(template, "Engine").asText()).isEqualTo("valkey");
        assertThat(group(template, "EngineVersion").asText()).isEqualTo("8.1");
        assertThat(property(template, "RedisParameters", "CacheParameterGroupFamily")
                        .asText())
                .isEqualTo("valkey8");
    }

    @Test
    void writesSlowCommandsToALog() {
        JsonNode log =
                group(of("poc", "redis:7.0", ""), "LogDeliveryConfigurations").path(0);
        assertThat(log.path("LogType").asText()).isEqualTo("slow-log");
        assertThat(log.at("/DestinationDetails/CloudWatchLogsDetails/LogGroup/Ref")
                        .asText())
                .isEqualTo("RedisSlowLog");
    }

    private static JsonNode parameters(JsonNode template) {
        return property(template, "RedisParameters", "Properties");
    }

    private static JsonNode group(JsonNode template, String property) {
        return property(template, "RedisGroup", property);
    }

    private static JsonNode of(String size, String image, String options) {
        return template(Targets.of(
                "services: {redis: {image: '" + image + "'}, web: {image: 'shop/web:1'}}",
                "target: {size: " + size + "}\nstores: {redis: {" + options + "}}"));
    }
}
