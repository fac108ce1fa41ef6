package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.yaml.YamlWriter;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.spec.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets planted in every place of a compose file must not come out of it. */
class SecretsTest {
    private static final String PLANTED = """
            services:
              db:
                image: postgres:15
                environment:
                  POSTGRES_PASSWORD: planted-01-literal
                  POSTGRES_USER: app
                ports: ["5432:5432"]
                healthcheck: {test: "PGPASSWORD=planted-01-literal psql -c 'select 1'"}
              cache:
                image: redis:7.0
                command: redis-server --requirepass planted-02-flag --save ""
                ports: ["6379:6379"]
                healthcheck: {test: ["CMD", "redis-cli", "-a", "planted-02-flag", "ping"]}
              queue:
                image: redis:7.0
                command: ["redis-server", "--requirepass", "planted-03-list"]
                ports: ["6380:6379"]
              web:
                image: shop/web:1
                build: {context: ., args: ["NPM_TOKEN=planted-04-arg", "PLAIN=1"]}
                command: ["serve", "--api-key=planted-05-argument", "--port", "80"]
                entrypoint: ["sh", "-c", "curl -u admin:planted-29-curl http://x && curl -H 'Authorization: Bearer planted-30-bearer' http://y && mysql -uroot -pplanted-31-mysql -e 'select 1' && app --db-password planted-32-flag -e SMTP_PASS=planted-33-option"]
                labels: {com.example.token: planted-06-label, "note": "pw is planted-01-literal"}
                logging: {driver: splunk, options: {splunk-token: planted-07-log}}
                environment:
                  - DATABASE_URL=postgresql://app:planted-01-literal@db:5432/shop
                  - OTHER_URL=amqp://user:planted-08-url@elsewhere/
                  - ODBC=Server=db;Uid=app;Password=planted-09-pair;
                  - JDBC_URL=jdbc:postgresql://db/shop?user=app&password=planted-10-query
                  - STRIPE=sk_live_planted11value
                  - DENSE=aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW
                  - JWT_SECRET=${JWT}
                  - SENTRY_DSN=https://planted13@sentry.example/1
                  - FROM_ENV=${SMTP_PASSWORD:-planted-14-default}
                  - PRIVATE="-----BEGIN RSA PRIVATE KEY-----planted15-----END RSA PRIVATE KEY-----"
                  - NUMBER_PIN_PASSWORD=481516234
                  - AUTH=planted-18-auth
                  - AZURE=AccountName=x;AccountKey=planted-19+Cd0123==;EndpointSuffix=core.windows.net
                  - LIBPQ=host=db password='planted-20 with spaces' dbname=x
                  - 'PYTHON={"user": "app", "password": "planted-21-json"}'
                  - HOOK=https://chat.example/api/webhooks/12345/planted22ABCDEFGHIJKLMNOPqr
                  - SESSION_COOKIE=planted-23-cookie
                  - PGPASS=planted-24-pgpass
                  - ENCRYPTIONKEY=planted-25-glued
                  - OTP_SEED=planted-26-seed
                  - JAVA_OPTS=-Xmx1g -Dspring.datasource.password=planted-27-property -Dx=y
                  - "YAML=db:\\n  password: planted-28-yaml\\n  user: x\\n"
                configs: [app]
            configs:
              app: {content: "token=planted-16-config"}
            x-notes: {password: planted-17-extension}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final List<String> SECRETS =
            List.of("planted", "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW", "jwt-from-dot-env", "481516234");

    @Test
    void takesEveryPlantedSecretOut() throws IOException {
        ComposeModel model = model();
        String yaml = YamlWriter.write(model.root());
        String json = StrictJson.mapper().writeValueAsString(AppReader.read("shop", Spec.DEFAULT, model));
        SECRETS.forEach(secret -> {
            assertThat(yaml).doesNotContain(secret);
            assertThat(json).doesNotContain(secret);
            assertThat(model.toString()).doesNotContain(secret);
        });
    }

    @Test
    void givesEveryVariableBackAsItWas() {
        ComposeModel model = model();
        Map<String, String> values = model.secrets().values();
        Function<String, String> web = name -> AppReader.read("shop", Spec.DEFAULT, model)
                .service("web")
                .flatMap(service -> Optional.ofNullable(service.environment().get(name)))
                .orElseThrow()
                .resolve(values);
        assertThat(web.apply("DATABASE_URL")).isEqualTo("postgresql://app:planted-01-literal@db:5432/shop");
        assertThat(web.apply("OTHER_URL")).isEqualTo("amqp://user:planted-08-url@elsewhere/");
        assertThat(web.apply("ODBC")).isEqualTo("Server=db;Uid=app;Password=planted-09-pair;");
        assertThat(web.apply("JDBC_URL")).isEqualTo("jdbc:postgresql://db/shop?user=app&password=planted-10-query");
        assertThat(web.apply("STRIPE")).isEqualTo("sk_live_planted11value");
        assertThat(web.apply("JWT_SECRET")).isEqualTo("jwt-from-dot-env");
        assertThat(web.apply("LIBPQ")).isEqualTo("host=db password='planted-20 with spaces' dbname=x");
        assertThat(web.apply("PYTHON")).isEqualTo("{\"user\": \"app\", \"password\": \"planted-21-json\"}");
        assertThat(web.apply("JAVA_OPTS")).isEqualTo("-Xmx1g -Dspring.datasource.password=planted-27-property -Dx=y");
        assertThat(web.apply("YAML")).isEqualTo("db:\n  password: planted-28-yaml\n  user: x\n");
        assertThat(web.apply("FROM_ENV")).isEqualTo("planted-14-default");
    }

    @Test
    void givesOneSecretOneName() {
        assertThat(model().secrets().values())
                .containsEntry("POSTGRES_PASSWORD", "planted-01-literal")
                .doesNotContainKey("DATABASE_URL_PASSWORD");
    }

    @Test
    void readsTheSameFromWhatItWrites() {
        ComposeModel model = model();
        ComposeModel again = ComposeReader.readUploaded("f.yml", YamlWriter.write(model.root()));
        assertThat(YamlWriter.write(again.root())).isEqualTo(YamlWriter.write(model.root()));
        assertThat(again.secrets().values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a-", "aB", "/Ab-C", "a_b", "1."})
    void readsValuesOfMoreWordsThanTheStackHolds(String word) {
        String value = word.repeat(20_000) + "a1";
        ComposeModel model = read("services: {web: {image: nginx, environment: {PATHS: " + value + ", A_SECRET: "
                + value.substring(1) + "}}}");
        assertThat(model.secrets().values()).containsEntry("A_SECRET", value.substring(1));
    }

    @Test
    void leavesAnOrdinaryWordAloneWhereItIsNoSecret() {
        ComposeModel model = read(
                "services: {db: {image: 'postgres:15', environment: {POSTGRES_PASSWORD: postgres, POSTGRES_USER: postgres}}}");
        assertThat(YamlWriter.write(model.root()))
                .contains("image: postgres:15", "POSTGRES_USER: postgres", "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POSTGRES_PASSWORD",
                "JWT_SECRET",
                "API_KEY",
                "PGPASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "apiKey",
                "db.password",
                "SESSION_SALT",
                "SENTRY_DSN",
                "REDISCLI_AUTH",
                "DB_PASS",
                "GITHUB_TOKEN",
                "clientSecret"
            })
    void knowsASecretByItsName(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORT",
                "POSTGRES_USER",
                "POSTGRES_PASSWORD_FILE",
                "JWT_EXPIRES_IN",
                "TOKEN_TTL",
                "PASSWORD_LENGTH",
                "KEYBOARD",
                "JWT_PUBLIC_KEY",
                "POSTGRES_HOST_AUTH_METHOD",
                "COMPASS",
                "AUTHOR",
                "SECRET_KEY_ROUNDS",
                "PWD"
            })
    void knowsWhatIsNone(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }

    private ComposeModel model() {
        return read(PLANTED);
    }

    private ComposeModel read(String text) {
        try {
            Files.writeString(folder.resolve("compose.yaml"), text);
            Files.writeString(folder.resolve(".env"), "JWT=jwt-from-dot-env\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ComposeReader.read(ComposeRequest.of(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/app2/uploads/media/production",
                "/tmp/junit-14650912/training/source/media",
                "notification-dispatcher-4",
                "my-long-application-name-v2",
                "--max-old-space-size=512",
                "/mnt/Backup2024/my_app-3/mediaFiles/",
                "/volume1/docker/PHOTOS/library-07/upload"
            })
    void takesAFolderForNoSecret(String value) {
        assertThat(SecretNames.looksSecret(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/9j4AAQSkZJRgABAQEAYABgAAD2wBDAAgG",
                "/Zx8k/2mQ1r7T0p/aB3dE5fG7hI9jK1lM",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "3f9a1c77d0e84b52a6c1f00d9e8b7a65",
                "abcd12-efgh34-ijkl56-mnop78"
            })
    void takesRandomTextForASecret(String value) {
        assertThat(SecretNames.looksSecret(value)).isTrue();
    }
}
