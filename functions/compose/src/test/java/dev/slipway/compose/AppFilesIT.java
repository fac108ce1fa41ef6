package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.StrictJson;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppFilesIT {
    private static final Path CRP_PRESCHOOL =
            Path.of(System.getProperty("slipway.root", "../.."), "events/apps/crp-preschool");

    private static final Map<String, String> CRP_SECRETS = Map.of(
            "POSTGRES_PASSWORD", "p@ss/w0rd%1",
            "REDIS_PASSWORD", "r3dis-Secret",
            "JWT_SECRET", "jwt-S3cret-of-the-school",
            "ENCRYPTION_KEY", "0123456789abcdef0123456789ABCDEF",
            "GRAFANA_PASSWORD", "gr4fana-pw");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void findsTheServicesAndStoresOfCrpPreschool() {
        App app = crpPreschool().app();
        assertThat(app.name()).isEqualTo("crp-preschool");
        assertThat(app.services(ServiceKind.APP).stream().map(AppService::name))
                .containsExactly("auth-service", "communication-service");
        assertThat(app.services(ServiceKind.MONITORING).stream().map(AppService::name))
                .containsExactly("prometheus", "grafana");
        assertThat(app.stores().stream().map(AppStore::name)).containsExactly("postgres", "redis", "media");
        assertThat(app.findings()).isEmpty();
    }

    @Test
    void reachesTheStoresOfCrpPreschoolThroughItsPublishedPorts() {
        AppBundle bundle = crpPreschool();
        assertThat(source(bundle, "postgres"))
                .isEqualTo(SourceUrl.of("postgres://postgres:${POSTGRES_PASSWORD}@127.0.0.1:5432/crp_preschool"));
        assertThat(source(bundle, "redis")).isEqualTo(SourceUrl.of("redis://:${REDIS_PASSWORD}@127.0.0.1:6379"));
        assertThat(source(bundle, "media").text()).startsWith("file:///").endsWith("/crp-preschool/media");
        assertThat(source(bundle, "postgres").resolve(bundle.secrets().values()).password())
                .contains("p@ss/w0rd%1");
    }

    @Test
    void readsTheSameAppFromWhatItUploads() {
        AppBundle bundle = crpPreschool();
        AppBundle uploaded = AppFiles.readUploaded(bundle.app().name(), bundle.compose(), bundle.specText());
        assertThat(uploaded.app()).isEqualTo(bundle.app());
        assertThat(uploaded.spec()).isEqualTo(bundle.spec());
    }

    @Test
    void uploadsNoSecretOfCrpPreschool() throws IOException {
        AppBundle bundle = crpPreschool();
        String json = StrictJson.mapper().writeValueAsString(bundle.app());
        assertThat(bundle.secrets().values())
                .containsAllEntriesOf(CRP_SECRETS)
                .containsOnlyKeys(Stream.concat(
                                CRP_SECRETS.keySet().stream(),
                                Stream.of(
                                        "AWS_SES_ACCESS_KEY_ID",
                                        "AWS_SES_SECRET_ACCESS_KEY",
                                        "RAZORPAY_KEY_SECRET",
                                        "SENTRY_DSN",
                                        "STRIPE_SECRET_KEY"))
                        .toList());
        bundle.secrets().values().values().forEach(secret -> {
            assertThat(bundle.compose()).doesNotContain(secret);
            assertThat(json).doesNotContain(secret);
        });
    }

    @Test
    void survivesJson() throws IOException {
        App app = crpPreschool().app();
        String json = StrictJson.mapper().writeValueAsString(app);
        assertThat(StrictJson.mapper().readValue(json, App.class)).isEqualTo(app);
    }

    @Test
    void saysThatAFolderHoldsNoComposeFile() {
        assertThatThrownBy(() -> AppFiles.readDirectory(folder))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("holds no compose file")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void saysThatAFolderDoesNotExist() {
        assertThatThrownBy(() -> AppFiles.readDirectory(folder.resolve("absent")))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("there is no such folder");
    }

    @Test
    void takesSecretsFromFilesAndEnvFiles() throws IOException {
        write("docker-compose.yml", """
                services:
                  db:
                    image: postgres:16-alpine
                    environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db_password, POSTGRES_USER: app}
                    ports: ["127.0.0.1:5433:5432"]
                    secrets: [db_password]
                  web:
                    image: shop/web:1
                    env_file: [web.env]
                    ports: ["80:8000"]
                secrets:
                  db_password: {file: ./db.txt}
                """);
        write("db.txt", "from a file\n");
        write("web.env", "STRIPE_SECRET_KEY=sk_test_1\nPLAIN=1\n");
        AppBundle bundle = AppFiles.readDirectory(folder);
        assertThat(bundle.secrets().values())
                .containsOnly(Map.entry("DB_PASSWORD", "from a file"), Map.entry("STRIPE_SECRET_KEY", "sk_test_1"));
        assertThat(source(bundle, "db").text()).isEqualTo("postgres://app:${DB_PASSWORD}@127.0.0.1:5433/app");
        assertThat(AppFiles.readUploaded("x", bundle.compose(), "").app().stores())
                .isEqualTo(bundle.app().stores());
    }

    @Test
    void namesTheEnvFileThatIsMissing() throws IOException {
        write("docker-compose.yml", "services:\n  web:\n    image: a\n    env_file: gone.env\n");
        assertThatThrownBy(() -> AppFiles.readDirectory(folder))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("docker-compose.yml:4")
                .hasMessageContaining("gone.env");
    }

    private static AppBundle crpPreschool() {
        return AppFiles.readDirectory(CRP_PRESCHOOL, CRP_SECRETS);
    }

    private static SourceUrl source(AppBundle bundle, String store) {
        return bundle.app().store(store).flatMap(AppStore::source).orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
