package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppFiles;
import dev.slipway.compose.SpecReader;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.spec.Spec;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InitialSpecTest {
    private static final String SHOP = """
            services:
              db:
                image: postgres:16
                environment: {POSTGRES_PASSWORD: "${PW}"}
                ports: ["5432:5432"]
              "on": {image: "redis:7.2"}
              web: {image: shop/web:1, ports: ["80:3000"], volumes: ["./my files:/srv"]}
              api: {image: shop/api:1, ports: ["8080:8080"]}
              migrate: {image: shop/api:1, command: alembic upgrade head, restart: "no"}
            """;

    @Test
    void saysNothing() {
        assertThat(read(text(SHOP))).isEqualTo(read("")).isEqualTo(Spec.DEFAULT);
    }

    @Test
    void isLegalWhereEveryLineIsUncommented() {
        Spec spec = read(uncommented(SHOP));
        assertThat(spec.app()).contains("shop");
        assertThat(spec.traffic().record()).contains("api.example.com");
        assertThat(spec.notified()).containsExactly("team@example.com");
        assertThat(spec.stores())
                .containsOnlyKeys("db", "on", "my files")
                .allSatisfy((name, store) -> assertThat(store.role()).contains(StoreRole.RECORD));
        assertThat(spec.store("db").url()).isPresent();
        assertThat(spec.store("my files").bucket().properties())
                .containsOnlyKeys("CorsConfiguration", "LifecycleConfiguration", "VersioningConfiguration");
    }

    @Test
    void saysTheDefaultsThatUncommentedChangeNothing() {
        Spec spec = read(uncommented(SHOP));
        assertThat(List.of(
                        spec.sourceAddress(),
                        spec.target().region(),
                        spec.target().size(),
                        spec.target().compute(),
                        spec.target().images(),
                        spec.target().network().cidr(),
                        spec.target().servers().instanceType(),
                        spec.delivery(),
                        spec.maxPause(),
                        spec.hold(),
                        spec.soak(),
                        spec.approval(),
                        spec.traffic().by(),
                        spec.traffic().every(),
                        spec.traffic().failures(),
                        spec.traffic().gates().errorShare()))
                .isEqualTo(List.of(
                        Spec.DEFAULT.sourceAddress(),
                        Spec.DEFAULT.target().region(),
                        Spec.DEFAULT.target().size(),
                        Spec.DEFAULT.target().compute(),
                        Spec.DEFAULT.target().images(),
                        Spec.DEFAULT.target().network().cidr(),
                        Spec.DEFAULT.target().servers().instanceType(),
                        Spec.DEFAULT.delivery(),
                        Spec.DEFAULT.maxPause(),
                        Spec.DEFAULT.hold(),
                        Spec.DEFAULT.soak(),
                        Spec.DEFAULT.approval(),
                        Spec.DEFAULT.traffic().by(),
                        Spec.DEFAULT.traffic().every(),
                        Spec.DEFAULT.traffic().failures(),
                        Spec.DEFAULT.traffic().gates().errorShare()));
    }

    @Test
    void namesTheStoresPathsAndTheSchemasCommandThatWereFound() {
        assertThat(text(SHOP))
                .contains(
                        "#   db:\n#     role: record ",
                        "#     engine: postgres\n#     url: \"postgres://postgres:${PW}@127.0.0.1:5432/postgres\"\n",
                        "#   \"on\":\n",
                        "#     url: \"redis://:${PASSWORD}@HOST:6379\"   # no default",
                        "#     web: /*\n#     api: /api/*\n",
                        "#   command: alembic upgrade head\n")
                .doesNotContain("@APP@", "@STORES@", "@PATHS@", "@SCHEMA@");
    }

    @Test
    void hasAnExampleOfACommandWhereNoneIsFound() {
        assertThat(text("services: {web: {image: shop/web:1}}")).contains("no default; an example");
    }

    /** As an editor does it: what follows a mark and a space becomes text; a remark stays one. */
    private static String uncommented(String compose) {
        return text(compose)
                .lines()
                .filter(line -> !line.startsWith("# yaml-language-server:"))
                .map(line -> line.replaceFirst("^# ?", ""))
                .collect(Collectors.joining("\n"));
    }

    private static String text(String compose) {
        App app = AppFiles.readUploaded("shop", compose, "").app();
        return InitialSpec.text(new App(
                app.name(),
                app.platform(),
                app.services().stream().map(ServicePlannerTest::known).toList(),
                app.stores(),
                app.routes(),
                app.declared(),
                app.findings()));
    }

    private static Spec read(String text) {
        return SpecReader.read("slipway.yaml", text);
    }
}
