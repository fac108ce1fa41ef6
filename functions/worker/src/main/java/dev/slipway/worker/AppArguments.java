package dev.slipway.worker;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which app a command reads, and as which of its stages. */
final class AppArguments {
    @Mixin
    private ComposeArguments files = new ComposeArguments();

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = "The app as this one of the stages in slipway.yaml has it.")
    private @Nullable String stage;

    ComposeRequest request() {
        return files.request();
    }

    AppBundle read() {
        return AppFiles.read(request(), Optional.ofNullable(stage));
    }

    /** The manifests of the app that was read, where it is described by such. */
    Optional<String> manifests(AppBundle bundle) {
        return AppFiles.manifests(request(), bundle);
    }
}
