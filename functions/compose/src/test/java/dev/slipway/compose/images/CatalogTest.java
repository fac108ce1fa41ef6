package dev.slipway.compose.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.ServiceKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            postgres:15-alpine,                                   postgres,     15
            docker.io/library/postgres:16.4,                      postgres,     16.4
            public.ecr.aws/docker/library/postgres:17-bookworm,   postgres,     17
            localhost:5000/team/postgres:14,                      postgres,     14
            postgres@sha256:0123,                                 postgres,     ''
            postgres:alpine3.20,                                  postgres,     ''
            postgres:latest,                                      postgres,     ''
            bitnami/postgresql:16.2.0-debian-12-r14,              postgres,     16.2.0
            postgis/postgis:17-3.5,                               postgis,      17
            kartoza/postgis:15-3.3,                               postgis,      15
            pgvector/pgvector:pg16,                               pgvector,     16
            pgvector/pgvector:0.8.0-pg17,                         pgvector,     17
            ankane/pgvector:v0.5.1,                               pgvector,     ''
            ghcr.io/immich-app/postgres:14-vectorchord0.4.3-pgvectors0.2.0, vectorchord, 14
            timescale/timescaledb:latest-pg15,                    timescaledb,  15
            timescale/timescaledb:2.14.2-pg15,                    timescaledb,  15
            timescale/timescaledb-ha:pg14.5-ts2.8.1-latest,       timescaledb,  14.5
            timescale/timescaledb:2.14.2,                         timescaledb,  ''
            supabase/postgres:15.1.1.78,                          supabase-postgres, 15.1.1.78
            apache/age:PG16_latest,                               age,          16
            redis:7.2.4-alpine3.19,                               redis,        7.2.4
            redis:alpine,                                         redis,        ''
            redis/redis-stack-server:7.2.0-v10,                   redis-stack,  7.2.0
            valkey/valkey:8-alpine,                               valkey,       8
            eqalpha/keydb:alpine_x86_64_v6.3.4,                   keydb,        6.3.4
            docker.dragonflydb.io/dragonflydb/dragonfly:v1.15.1,  dragonfly,    ''
            """)
    void tellsWhatAnImageHoldsAndItsEnginesVersion(String text, String name, String version) {
        Image image = Image.parse(text);
        Product product = Catalog.of(image).orElseThrow();
        assertThat(product.name()).isEqualTo(name);
        assertThat(product.version(image)).isEqualTo(version);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            quay.io/minio/minio:RELEASE.2024-01-01T00-00-00Z, minio,         STORE
            minio/mc,                                         minio-client,  JOB
            mysql:8,                                          mysql,         STORE
            mcr.microsoft.com/mssql/server:2022-latest,       mssql,         STORE
            docker.elastic.co/elasticsearch/elasticsearch:8,  elasticsearch, STORE
            confluentinc/cp-kafka,                            kafka,         STORE
            nginx:1.27-alpine,                                nginx,         PROXY
            traefik:v3,                                       traefik,       PROXY
            oliver006/redis_exporter,                         exporter,      MONITORING
            jaegertracing/all-in-one,                         jaeger,        MONITORING
            grafana/tempo,                                    tempo,         MONITORING
            containrrr/watchtower,                            watchtower,    OPERATIONS
            mcuadros/ofelia,                                  ofelia,        OPERATIONS
            axllent/mailpit,                                  mailpit,       DEVELOPMENT
            ghcr.io/shopify/toxiproxy,                        toxiproxy,     DEVELOPMENT
            edoburu/pgbouncer,                                pgbouncer,     APP
            """)
    void tellsWhatPartAnImagePlays(String text, String name, ServiceKind kind) {
        Product product = Catalog.of(Image.parse(text)).orElseThrow();
        assertThat(product.name()).isEqualTo(name);
        assertThat(product.kind()).isEqualTo(kind);
    }

    /** Names that a product has only where nobody else owns the image. */
    @ParameterizedTest
    @CsvSource({"shop/vault", "shop/registry:1", "ghcr.io/shop/api", "shop/tempo", "shop/atlas", "''"})
    void takesNoneOfTheAppsOwnForAProduct(String text) {
        assertThat(Catalog.of(Image.parse(text))).isEmpty();
    }

    @Test
    void saysOfEachStoreHowItIsMovedOrWhatAPersonWouldChoose() {
        assertThat(Catalog.products())
                .filteredOn(product -> product.kind() == ServiceKind.STORE)
                .allMatch(product ->
                        product.engine().isPresent() != product.instead().isPresent());
        assertThat(Catalog.products())
                .filteredOn(product -> product.kind() != ServiceKind.STORE)
                .allMatch(product ->
                        product.engine().isEmpty() && product.instead().isEmpty());
    }

    @Test
    void findsAProductByItsName() {
        assertThat(Catalog.product("mysql").instead()).isEqualTo(Optional.of("Amazon RDS for MySQL"));
    }
}
