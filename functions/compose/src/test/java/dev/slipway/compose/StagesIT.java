package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.exception.InvalidSpec;
import dev.slipway.migration.spec.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One app in several stages. */
class StagesIT {
    private static final String SPEC = """
            # of all stages
            app: shop
            target: {region: eu-west-1, size: small}
            traffic: {zone: shop.example, gates: {error_share: 2%}}
            notify: [team@example.com]
            stages:
              staging:
                target: {size: poc}
                traffic: {record: staging.shop.example}
                notify: [staging@example.com]
              production:
                traffic: {record: www.shop.example, gates: {response_time: 2s}}
              legacy: {app: old-shop, traffic: }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {image: 'shop/web:1', ports: ['80:80']}}");
        Files.writeString(folder.resolve("slipway.yaml"), SPEC);
    }

    @Test
    void laysAStageOverWhatAllHaveInCommon() {
        AppBundle staging = read("staging");
        assertThat(staging.spec().target().size()).isEqualTo(Size.POC);
        assertThat(staging.spec().target().region()).isEqualTo("eu-west-1");
        assertThat(staging.spec().traffic().zone()).contains("shop.example");
        assertThat(staging.spec().traffic().record()).contains("staging.shop.example");
        assertThat(staging.spec().notified()).containsExactly("staging@example.com");
        AppBundle production = read("production");
        assertThat(production.spec().target().size()).isEqualTo(Size.SMALL);
        assertThat(production.spec().traffic().gates().errorShare()).isEqualTo(0.02);
        assertThat(production.spec().traffic().gates().responseTime()).isPresent();
    }

    @Test
    void callsEachMigrationAfterItsStage() {
        assertThat(List.of(read("staging"), read("production"), read("legacy")))
                .extracting(bundle -> bundle.app().name())
                .containsExactly("shop-staging", "shop-production", "old-shop");
        assertThat(AppFiles.readDirectory(folder).app().name()).isEqualTo("shop");
    }

    @Test
    void takesBackWhatAStageLeavesEmpty() {
        assertThat(read("legacy").spec().traffic().zone()).isEmpty();
    }

    @Test
    void uploadsWhatTheStageComesTo() {
        AppBundle staging = read("staging");
        AppBundle uploaded = AppFiles.readUploaded("shop-staging", staging.compose(), staging.specText());
        assertThat(uploaded.spec()).isEqualTo(staging.spec());
        assertThat(uploaded.app()).isEqualTo(staging.app());
        assertThat(staging.specText()).doesNotContain("stages", "production");
    }

    @Test
    void uploadsAFileWithoutStagesAsItWasWritten() throws IOException {
        Files.writeString(folder.resolve("slipway.yaml"), "app: shop # as ever\n");
        assertThat(AppFiles.readDirectory(folder).specText()).isEqualTo("app: shop # as ever\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stages: {a: {app: x1}}|b|there is no stage 'b'|its stages are a",
                "app: shop|b|there is no stage 'b'|write its keys below 'stages: {b",
                "stages: {a: {stages: {c: }}}|a|a stage has stages of its own|side by side",
                "stages: {A: }|A|a stage is called 'A'|small letters",
                "stages: {a: {target: {size: huge}}}|a|'target.size' is 'huge'|one of medium, poc, small",
                "stages: {a: {target: {sise: poc}}}|a|'target.sise' is unknown|did you mean 'target.size'"
            })
    void refusesAStageThatCannotBe(String spec, String stage, String why, String what) throws IOException {
        Files.writeString(folder.resolve("slipway.yaml"), spec);
        assertThatThrownBy(() -> read(stage))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining(why)
                .hasMessageContaining(what)
                .hasMessageContaining("slipway.yaml:1");
    }

    @Test
    void findsAMistakeInAStageThatWasNotAskedFor() throws IOException {
        Files.writeString(folder.resolve("slipway.yaml"), SPEC + "  broken: {hold: soon}\n");
        assertThatThrownBy(() -> read("staging"))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("slipway.yaml:14");
    }

    private AppBundle read(String stage) {
        return AppFiles.read(ComposeRequest.of(folder), Optional.of(stage));
    }
}
