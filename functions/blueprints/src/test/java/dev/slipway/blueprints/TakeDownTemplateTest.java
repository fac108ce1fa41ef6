package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import org.junit.jupiter.api.Test;

class TakeDownTemplateTest {
    private static final TargetSpec SPEC = Targets.of("""
            services:
              db: {image: "postgres:16", ports: ["5432:5432"]}
              cache: {image: "redis:7.0", ports: ["6379:6379"]}
              files: {image: "minio/minio:1", ports: ["9000:9000"]}
              web: {image: "shop/web:1", ports: ["80:3000"]}
            """, "stores: {files: {url: 's3://media'}}");

    @Test
    void namesWhatStaysOfATargetWhoseStoresAreKept() {
        TakeDownTemplate template = TakeDownTemplate.keepingStores(TargetTemplate.of(SPEC));
        assertThat(template.changed()).isFalse();
        assertThat(template.kept())
                .contains("DbInstance", "CacheGroup", "FilesBucket", "Vpc")
                .doesNotContain("Cluster");
    }

    @Test
    void backsUpEachServerForTheLastTimeAndLetsGoOfWhatItStandsOn() throws JsonProcessingException {
        TakeDownTemplate template = TakeDownTemplate.deletingStores(TargetTemplate.of(SPEC), bucket -> false);
        JsonNode resources = resources(template);
        assertThat(template.kept()).isEmpty();
        assertThat(policy(resources, "DbInstance")).isEqualTo("Snapshot");
        assertThat(policy(resources, "CacheGroup")).isEqualTo("Snapshot");
        assertThat(policy(resources, "Vpc")).isEqualTo("Delete");
        assertThat(resources.toString()).doesNotContain("\"RetainExceptOnCreate\"");
    }

    @Test
    void keepsABucketThatHoldsAnything() throws JsonProcessingException {
        TakeDownTemplate template = TakeDownTemplate.deletingStores(TargetTemplate.of(SPEC), "FilesBucket"::equals);
        assertThat(template.kept()).containsExactly("FilesBucket");
        assertThat(policy(resources(template), "FilesBucket")).startsWith("Retain");
    }

    @Test
    void takesProtectionOffAndBacksUpAClusterOnce() throws JsonProcessingException {
        JsonNode resources = resources(TakeDownTemplate.deletingStores("""
                Resources:
                  Cluster:
                    Type: AWS::RDS::DBCluster
                    DeletionPolicy: Retain
                    Properties: {DeletionProtection: true, DBSubnetGroupName: !Ref Subnets}
                  Writer:
                    Type: AWS::RDS::DBInstance
                    DeletionPolicy: Retain
                    Properties: {DBClusterIdentifier: !Ref Cluster}
                """, bucket -> true));
        assertThat(policy(resources, "Cluster")).isEqualTo("Snapshot");
        assertThat(policy(resources, "Writer")).isEqualTo("Delete");
        assertThat(resources
                        .path("Cluster")
                        .path("Properties")
                        .path("DeletionProtection")
                        .asBoolean(true))
                .isFalse();
    }

    private static JsonNode resources(TakeDownTemplate template) throws JsonProcessingException {
        return StrictJson.mapper().readTree(template.text()).path("Resources");
    }

    private static String policy(JsonNode resources, String name) {
        return resources.path(name).path("DeletionPolicy").asText();
    }
}
