package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the app of each guide. */
class EveryGuideIT {
    /** An app under events/apps, its variables, and the secrets of its input. */
    record Guide(String app, Map<String, String> variables, Collection<String> secrets) {
        static Guide of(String app, Map<String, String> secrets) {
            return new Guide(app, secrets, secrets.values());
        }

        AppBundle read() {
            return Guides.read(app, variables);
        }

        @Override
        public String toString() {
            return app;
        }
    }

    static Stream<Guide> guides() {
        return Stream.of(
                Guide.of("crp-preschool", CrpPreschoolGuideIT.SECRETS),
                Guide.of("smartboard", SmartboardGuideIT.SECRETS),
                Guide.of("migrateai", MigrateaiGuideIT.SECRETS),
                new Guide("bahnvision", Map.of(), BahnvisionGuideIT.SECRETS),
                Guide.of("prostudio", ProstudioGuideIT.SECRETS));
    }

    @ParameterizedTest
    @MethodSource("guides")
    void hasNoBlocker(Guide guide) {
        assertThat(Guides.plan(guide.read()).blockers()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void hasNoBlockerBeforeAnybodyHasWrittenItsSecrets(Guide guide) {
        assertThat(Guides.plan(guide.app(), Map.of()).blockers()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("guides")
    void isPlannedTheSameFromWhatWasUploaded(Guide guide) {
        AppBundle bundle = guide.read();
        AppBundle uploaded = AppFiles.readUploaded(guide.app(), bundle.compose(), bundle.specText());
        assertThat(Guides.plan(uploaded)).isEqualTo(Guides.plan(bundle));
    }

    @ParameterizedTest
    @MethodSource("guides")
    void keepsItsSecretsOutOfWhatIsWritten(Guide guide) throws IOException {
        AppBundle bundle = guide.read();
        Plan plan = Guides.plan(bundle);
        String written = StrictJson.mapper().writeValueAsString(plan) + bundle.compose() + bundle.specText();
        assertThat(List.copyOf(guide.secrets())).allSatisfy(secret -> {
            assertThat(written).doesNotContain(secret);
            assertThat(bundle.secrets().values()).containsValue(secret);
        });
    }
}
