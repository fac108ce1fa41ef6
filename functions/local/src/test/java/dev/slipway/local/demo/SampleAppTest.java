package dev.slipway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.local.Checkout;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.spec.Strategy;
import dev.slipway.planning.Planner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleAppTest {
    private static final Checkout CHECKOUT = new Checkout(Path.of(System.getProperty("slipway.root")));
    private static final CopyPace SLOW = new CopyPace(1, 2, 5_000);

    @TempDir
    private Path folder;

    static Stream<SampleApp> apps() {
        return SampleApp.all().stream();
    }

    @Test
    void namesThoseThereAreWhereAnotherOneIsAskedFor() {
        assertThatThrownBy(() -> SampleApp.named("migrateai"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Tried to run the demo of migrateai but there is no such app with a demo:"
                        + " use crp-preschool or smartboard");
    }

    @ParameterizedTest
    @MethodSource("apps")
    void isPlannedWithoutABlockerFromItsOwnFilesWithTheDemosWishes(SampleApp app) throws IOException {
        AppBundle bundle = read(app, Map.of("postgres", SLOW, app.objects(), SLOW));
        Plan plan = new Planner().plan(bundle.app(), bundle.spec());
        assertThat(plan.blockers()).isEmpty();
        assertThat(plan.app()).isEqualTo(app.name());
        assertThat(plan.strategy()).isEqualTo(Strategy.SWITCH);
        assertThat(plan.target().region()).isEqualTo("us-east-1");
        assertThat(plan.traffic().everySeconds()).isEqualTo(3);
        assertThat(plan.traffic().record()).contains(app.record(app.name()));
        assertThat(plan.store("postgres").orElseThrow().pace()).isEqualTo(SLOW);
        assertThat(plan.store(app.objects()).orElseThrow().pace()).isEqualTo(SLOW);
    }

    @ParameterizedTest
    @MethodSource("apps")
    void hasAProgramForEachImage(SampleApp app) throws IOException {
        AppBundle bundle = read(app, Map.of());
        assertThat(new Planner().plan(bundle.app(), bundle.spec()).services())
                .allSatisfy(service -> assertThat(app.programs()).containsKey(service.image()));
    }

    private AppBundle read(SampleApp app, Map<String, CopyPace> paces) throws IOException {
        Map<String, String> env = new HashMap<>();
        app.secrets().forEach(name -> env.put(name, "a-secret-of-" + name.length() + "-with-many-characters"));
        env.put("MINIO_ROOT_PASSWORD", "another secret");
        env.put("MEDIA_DIR", "/srv/media");
        DemoAppFolder written = DemoAppFolder.write(
                app, CHECKOUT, folder, new DemoAppFolder.Wishes(app.name(), 3, paces, Strategy.SWITCH), env);
        return AppFiles.readDirectory(written.folder());
    }
}
