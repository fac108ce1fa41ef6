package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerNetworkTest {
    private static final DockerNetwork NETWORK = new DockerNetwork(
                    Map.of("postgres:5432", 40_001, "minio:9000", 40_002))
            .with("svc-auth", Map.of("PORT", "4010"), 40_003);

    @Test
    void leadsNamesInUrlsToWhereTheyListenHere() {
        assertThat(NETWORK.led(
                        "gateway",
                        Map.of(
                                "DATABASE_URL_AUTH", "postgresql://me:postgres:5432@postgres:5432/board?schema=auth",
                                "AUTH_BASE_URL", "http://svc-auth:4010",
                                "OTHER", "http://my-postgres:5432/")))
                .containsEntry("DATABASE_URL_AUTH", "postgresql://me:postgres:5432@127.0.0.1:40001/board?schema=auth")
                .containsEntry("AUTH_BASE_URL", "http://127.0.0.1:40003")
                .containsEntry("OTHER", "http://my-postgres:5432/");
    }

    @Test
    void leadsANameAndAPortOfTheirOwn() {
        assertThat(NETWORK.led("worker", Map.of("MINIO_ENDPOINT", "minio", "MINIO_PORT", "9000")))
                .containsEntry("MINIO_ENDPOINT", "127.0.0.1")
                .containsEntry("MINIO_PORT", "40002");
    }

    @Test
    void letsAServiceListenWhereTheOthersLookForIt() {
        assertThat(NETWORK.led("svc-auth", Map.of("PORT", "4010")))
                .containsEntry("HOST", "127.0.0.1")
                .containsEntry("PORT", "40003");
    }
}
