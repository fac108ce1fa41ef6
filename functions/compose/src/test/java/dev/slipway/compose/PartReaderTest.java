package dev.slipway.compose;

import static dev.slipway.compose.Understood.app;
import static dev.slipway.compose.Understood.findings;
import static dev.slipway.compose.Understood.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.ServiceKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartReaderTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "alembic upgrade head",
                "python manage.py migrate --noinput",
                "sh -c \"python manage.py migrate && python manage.py collectstatic --noinput\"",
                "npx prisma migrate deploy",
                "bundle exec rails db:migrate",
                "bundle exec rake db:prepare",
                "npx knex migrate:latest",
                "npx sequelize-cli db:migrate",
                "goose -dir ./migrations postgres up",
                "php artisan migrate --force",
                "flask db upgrade",
                "pnpm --filter api db:migrate",
                "mix ecto.migrate",
                "sh -c 'until pg_isready -h db; do sleep 1; done; psql -h db -f /init.sql'"
            })
    void takesWhatMigratesAndEndsForAJob(String command) {
        AppService service = service("image: shop/api, command: '" + command.replace("'", "''") + "'");
        assertThat(service.kind()).isEqualTo(ServiceKind.JOB);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "sh -c \"alembic upgrade head && uvicorn app:app\"",
                "python manage.py runserver",
                "sh -c \"python manage.py migrate; exec gunicorn shop.wsgi\"",
                "while true; do psql -c 'select 1'; sleep 60; done",
                "celery -A shop worker",
                "node server.js"
            })
    void takesWhatStaysForTheAppsOwn(String command) {
        AppService service = service("image: shop/api, command: '" + command.replace("'", "''") + "'");
        assertThat(service.kind()).isEqualTo(ServiceKind.APP);
    }

    @Test
    void takesWhatOthersAwaitForAJob() {
        App app = app("""
                prepare: {image: shop/prepare}
                api: {image: shop/api, depends_on: {prepare: {condition: service_completed_successfully}}}
                """);
        assertThat(app.service("prepare").orElseThrow().kind()).isEqualTo(ServiceKind.JOB);
        assertThat(app.service("api").orElseThrow().kind()).isEqualTo(ServiceKind.APP);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'image: postgres:16, command: psql -h db -c \"create database x\"'",
        "'image: minio/mc, entrypoint: mc mb local/files'",
        "'image: shop/api, deploy: {mode: replicated-job}'",
        "'image: flyway/flyway, command: migrate'"
    })
    void takesAClientForAJobAndNotForAStore(String keys) {
        App app = app("it: {" + keys + "}");
        assertThat(app.service("it").orElseThrow().kind()).isEqualTo(ServiceKind.JOB);
        assertThat(app.stores()).isEmpty();
    }

    @Test
    void takesAServiceNamedSoForAJobUnlessItIsKeptUp() {
        App app = app("""
                db-migrate: {image: shop/api}
                migrations: {image: shop/api, restart: always}
                seeder: {image: shop/api, restart: "no"}
                """);
        assertThat(app.services(ServiceKind.JOB)).extracting(AppService::name).containsExactly("db-migrate", "seeder");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'image: acme/base:1, command: postgres -c shared_buffers=1GB', postgres",
        "'image: acme/base:1, volumes: [\"data:/var/lib/postgresql/data\"]', postgres",
        "'build: ./db, ports: [\"5432:5432\"], environment: {POSTGRES_PASSWORD: x}', postgres",
        "'image: acme/our-postgres:16, expose: [5432]', postgres",
        "'image: acme/our-db:1, environment: {POSTGRES_PASSWORD: x}, expose: [5432]', postgres",
        "'image: acme/base:1, command: redis-server --appendonly yes', redis",
        "'image: acme/base:1, command: minio server /data', minio",
        "'image: acme/base:1, expose: [9000], environment: {MINIO_ROOT_USER: x}', minio"
    })
    void knowsAStoreByItsSignsAndSaysWhy(String keys, String engine) {
        App app = AppFiles.readUploaded("shop", "services: {it: {" + keys + "}}\nvolumes: {data: }", "")
                .app();
        assertThat(app.store("it").orElseThrow().engine()).isEqualTo(engine);
        assertThat(findings(app))
                .anyMatch(finding -> finding.startsWith("service it looks like " + engine)
                        && finding.contains("because")
                        && finding.contains("slipway.yaml"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "image: shop/api, environment: {POSTGRES_PASSWORD: x, REDIS_PASSWORD: y}",
                "image: shop/api, expose: [9000]",
                "image: shop/backup, volumes: ['data:/var/lib/postgresql/data:ro']"
            })
    void takesNoClientForAStore(String keys) {
        App app = AppFiles.readUploaded("shop", "services: {it: {" + keys + "}}\nvolumes: {data: }", "")
                .app();
        assertThat(app.service("it").orElseThrow().kind()).isEqualTo(ServiceKind.APP);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "mysql:8, Amazon RDS for MySQL",
        "mongo:7, Amazon DocumentDB",
        "clickhouse/clickhouse-server, ClickHouse on EC2",
        "apache/kafka, Amazon MSK",
        "rabbitmq:3-management, Amazon MQ for RabbitMQ",
        "nats:2, 'Amazon MQ, or SNS and SQS'",
        "elasticsearch:8.15.0, Amazon OpenSearch Service",
        "memcached, Amazon ElastiCache for Memcached",
        "qdrant/qdrant, 'Amazon OpenSearch Service, or pgvector in RDS'"
    })
    void blocksAStoreThatIsNotMovedUnlessItIsLeft(String image, String instead) {
        String compose = "services: {it: {image: '" + image + "'}}";
        App blocked = AppFiles.readUploaded("shop", compose, "").app();
        assertThat(Understood.blockers(blocked))
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.message()).contains(instead, "role: leave"));
        App left = AppFiles.readUploaded("shop", compose, "stores: {it: {role: leave}}")
                .app();
        assertThat(Understood.blockers(left)).isEmpty();
        assertThat(findings(left)).singleElement().asString().contains(instead, "stays where it is");
    }

    @Test
    void keepsTheFlavourOfAPostgres() {
        assertThat(service("image: 'postgis/postgis:16-3.4'").product()).contains("postgis");
        assertThat(service("image: 'timescale/timescaledb:latest-pg16'").product())
                .contains("timescaledb");
        assertThat(service("image: 'pgvector/pgvector:pg17'").product()).contains("pgvector");
        assertThat(service("image: 'shop/api:1'").product()).isEmpty();
    }

    @Test
    void knowsADatabaseByItsOwnNameToo() {
        App app = app("orders-db: {image: 'acme/orders:1', environment: {POSTGRES_PASSWORD: x}}");
        assertThat(app.store("orders-db").orElseThrow().engine()).isEqualTo("postgres");
    }

    @Test
    void runsTheClockOfCeleryOnce() {
        assertThat(service("image: shop/api, command: celery -A shop beat -l info")
                        .scaling())
                .isEqualTo(Optional.of(new Scaling(1, 1, 70)));
        assertThat(service("image: shop/api, command: celery -A shop worker").scaling())
                .isEmpty();
    }
}
