package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole way from the demo's folder to its plan, held against a plan that was read by a person. */
class CrpPreschoolIT {
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", "../.."));
    private static final Path GOLDEN =
            ROOT.resolve("functions/planning/src/test/resources/dev/slipway/planning/crp-preschool.plan.json");

    private static final Map<String, String> VARIABLES = Map.of(
            "POSTGRES_PASSWORD", "p@ss/w0rd%1",
            "REDIS_PASSWORD", "r3dis-Secret",
            "JWT_SECRET", "jwt-S3cret-of-the-school",
            "ENCRYPTION_KEY", "0123456789abcdef0123456789ABCDEF",
            "GRAFANA_PASSWORD", "gr4fana-pw",
            "MEDIA_DIR", "/srv/crp/media");

    private static final ObjectWriter PRETTY =
            StrictJson.mapper().writer(new DefaultPrettyPrinter().withArrayIndenter(new DefaultIndenter("  ", "\n")));

    /** {@code -Dslipway.record=true} records the plan anew: read what it has written before it is committed. */
    @Test
    void isPlannedAsItWasReadByAPerson() throws IOException {
        String json = PRETTY.writeValueAsString(plan()) + "\n";
        if (Boolean.getBoolean("slipway.record")) {
            Files.writeString(GOLDEN, json);
        }
        assertThat(json).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void isPlannedTheSameFromWhatWasUploaded() {
        AppBundle bundle = bundle();
        AppBundle uploaded = AppFiles.readUploaded("crp-preschool", bundle.compose(), bundle.specText());
        assertThat(new Planner().plan(uploaded.app(), uploaded.spec())).isEqualTo(plan());
    }

    @Test
    void hasNoBlocker() {
        assertThat(plan().blockers()).isEmpty();
    }

    @Test
    void survivesJson() throws IOException {
        String json = StrictJson.mapper().writeValueAsString(plan());
        assertThat(StrictJson.mapper().readValue(json, Plan.class)).isEqualTo(plan());
    }

    @Test
    void holdsNoSecret() throws IOException {
        String json = StrictJson.mapper().writeValueAsString(plan());
        VARIABLES.forEach((name, value) -> {
            if (!name.equals("MEDIA_DIR")) {
                assertThat(json).as(name).doesNotContain(value);
            }
        });
    }

    private static AppBundle bundle() {
        return AppFiles.readDirectory(ROOT.resolve("events/apps/crp-preschool"), VARIABLES);
    }

    private static Plan plan() {
        AppBundle bundle = bundle();
        return new Planner().plan(bundle.app(), bundle.spec());
    }
}
