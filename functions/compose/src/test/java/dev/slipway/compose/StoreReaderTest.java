package dev.slipway.compose;

import static dev.slipway.compose.Understood.app;
import static dev.slipway.compose.Understood.findings;
import static dev.slipway.compose.Understood.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.App;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreReaderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            image: postgres, ports: ['5432:5432'], environment: {POSTGRES_USER: u, POSTGRES_DB: d, POSTGRES_PASSWORD: '${PW}'} | postgres://u:${PW}@127.0.0.1:5432/d
            image: postgres, ports: ['5433:5432'], environment: {POSTGRES_PASSWORD: '${PW}'} | postgres://postgres:${PW}@127.0.0.1:5433/postgres
            image: bitnami/postgresql, ports: ['5432:5432'], environment: {POSTGRESQL_USERNAME: u, POSTGRESQL_DATABASE: d, POSTGRESQL_PASSWORD: '${PW}'} | postgres://u:${PW}@127.0.0.1:5432/d
            image: postgres, ports: ['5432:5432'], environment: {PGUSER: u, PGDATABASE: d, PGPASSWORD: '${PW}'} | postgres://u:${PW}@127.0.0.1:5432/d
            image: redis, ports: ['6379:6379'], command: 'redis-server --requirepass ${PW}' | redis://:${PW}@127.0.0.1:6379
            image: redis, ports: ['6379:6379'], command: [sh, -c, 'redis-server --requirepass "${PW}" --save 60'] | redis://:${PW}@127.0.0.1:6379
            image: redis/redis-stack, ports: ['6379:6379'], environment: {REDIS_ARGS: '--requirepass ${PW}'} | redis://:${PW}@127.0.0.1:6379
            image: bitnami/redis, ports: ['6379:6379'], environment: {REDIS_PASSWORD: '${PW}'} | redis://:${PW}@127.0.0.1:6379
            image: bitnami/valkey, ports: ['6379:6379'], environment: {VALKEY_PASSWORD: '${PW}'} | redis://:${PW}@127.0.0.1:6379
            image: redis, ports: ['6379:6379'] | redis://127.0.0.1:6379
            image: minio/minio, ports: ['9000:9000'], environment: {MINIO_ROOT_USER: u, MINIO_ROOT_PASSWORD: '${PW}', MINIO_DEFAULT_BUCKETS: 'files:public'} | s3://u:${PW}@files?endpoint=http://127.0.0.1:9000
            """)
    void findsWhereAStoreIsAndWhoMayLogIn(String keys, String url) {
        assertThat(store(keys).source().orElseThrow().text()).isEqualTo(url);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {pw: {environment: DB_PW}} | [pw] | /run/secrets/pw | ${DB_PW}
            {pw: {external: true}} | [pw] | /run/secrets/pw | ${PW}
            {pw: {environment: DB_PW}} | [{source: pw, target: db-password}] | /run/secrets/db-password | ${DB_PW}
            {pw: {environment: DB_PW}} | [{source: pw, target: /etc/pw}] | /etc/pw | ${DB_PW}
            """)
    void findsThePasswordInDockersSecrets(String secrets, String uses, String file, String password) {
        String compose = "services: {it: {image: postgres, ports: ['5432:5432'], secrets: " + uses
                + ", environment: {POSTGRES_PASSWORD_FILE: " + file + "}}}\nsecrets: " + secrets;
        App app = AppFiles.readUploaded("shop", compose, "").app();
        assertThat(app.store("it").orElseThrow().source().orElseThrow().text())
                .isEqualTo("postgres://postgres:" + password + "@127.0.0.1:5432/postgres");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {image: minio/mc, entrypoint: 'mc mb --ignore-existing local/files'}
            {image: minio/mc, entrypoint: '/bin/sh -c "mc alias set local http://minio:9000 a b; mc mb -p local/files; exit 0"'}
            {image: shop/api, environment: {S3_BUCKET: files}}
            {image: shop/api, environment: {MINIO_BUCKET_UPLOADS: files, MINIO_BUCKET_REGION: eu-west-1}}
            {image: shop/api, environment: {AWS_STORAGE_BUCKET_NAME: files}}
            """)
    void findsTheBucketInTheServicesAroundIt(String other) {
        App app = app("minio: {image: minio/minio, ports: ['9000:9000']}\nother: " + other + "\n");
        assertThat(app.store("minio").orElseThrow().source().orElseThrow().text())
                .isEqualTo("s3://files?endpoint=http://127.0.0.1:9000");
    }

    @Test
    void saysThatAKnownBucketCannotBeReached() {
        App app = app("minio: {image: minio/minio, environment: {MINIO_DEFAULT_BUCKETS: files}}");
        assertThat(findings(app)).singleElement().asString().contains("the bucket files", "not published");
    }

    @Test
    void namesTheBucketsWhereThereAreSeveral() {
        App app = app("""
                minio: {image: minio/minio, ports: ['9000:9000'], environment: {MINIO_DEFAULT_BUCKETS: 'files,photos'}}
                """);
        assertThat(app.store("minio").orElseThrow().source()).isEmpty();
        assertThat(findings(app))
                .anyMatch(finding -> finding.contains("files, photos") && finding.contains("slipway.yaml"));
    }
}
