package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.exception.ImageNotCopied;
import dev.slipway.migration.plan.Plan;
import dev.slipway.planning.Planner;
import dev.slipway.servers.RegistryServer;
import dev.slipway.worker.images.Registry;
import dev.slipway.worker.images.RegistryLogins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that a registry does not have, some of which the app's files build. */
class ImageCopiesIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> progress = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private RegistryServer from;

    @BeforeEach
    void start() throws IOException {
        Optional<Path> program = RegistryServer.program(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("a registry, which Debian packages").isPresent();
        from = RegistryServer.start(program.orElseThrow(), folder, "");
    }

    @AfterEach
    void stop() {
        if (from != null) {
            from.close();
        }
    }

    @Test
    void leavesAnImageThatIsBuiltAndThatItsRegistryDoesNotHaveToWhoeverBuildsIt() {
        assertThat(copy("build: .")).isEqualTo(new ImageCopies.Done(1, 0));
        assertThat(progress).singleElement().asString().contains("does not give " + from.host() + "/shop/web:1");
    }

    @Test
    void failsWhereNobodyBuildsIt() {
        assertThatThrownBy(() -> copy("restart: always"))
                .isInstanceOf(ImageNotCopied.class)
                .hasMessageContaining("its registry has no such image or tag");
    }

    @Test
    void failsWhereTheRegistryOfABuiltImageDoesNotAnswer() {
        from.close();
        assertThatThrownBy(() -> copy("build: .")).isInstanceOf(ImageNotCopied.class);
    }

    private ImageCopies.Done copy(String key) {
        AppBundle bundle = AppFiles.readUploaded(
                "shop", "services: {web: {image: '" + from.host() + "/shop/web:1', " + key + "}}", "");
        Plan plan = new Planner().plan(bundle.app(), bundle.spec());
        TargetOutputs outputs = new TargetOutputs(Map.of("WebRepositoryUri", from.host() + "/shop-web"));
        return new ImageCopies(plan, outputs, RegistryLogins.NONE)
                .copyAll(new Registry(RegistryLogins.NONE), progress::add);
    }
}
