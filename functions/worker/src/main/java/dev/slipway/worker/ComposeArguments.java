package dev.slipway.worker;

import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.exception.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which compose files a command reads: those of a folder, or the ones that are named. */
final class ComposeArguments {
    @Parameters(
            paramLabel = "DIR|FILE",
            defaultValue = ".",
            description = "The app's folder, or its compose file or manifests.")
    private Path place = Path.of(".");

    @Option(names = "-f", paramLabel = "FILE", description = "A compose file; a later one is laid over the former.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "NAME", description = "Services of this profile, too.")
    private List<String> profiles = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "FILE", description = "Variables, in place of those of .env.")
    private List<Path> envFiles = new ArrayList<>();

    /** @throws InvalidInput if there is nothing at the place that is named */
    ComposeRequest request() {
        Path named = place.toAbsolutePath().normalize();
        if (!Files.exists(named)) {
            throw new InvalidInput(
                    "read the app in " + place,
                    "there is no such folder or file",
                    "name the folder of its compose file");
        }
        boolean folder = Files.isDirectory(named);
        List<Path> all = new ArrayList<>(folder ? List.of() : List.of(named));
        files.forEach(file -> all.add(file.toAbsolutePath().normalize()));
        Path root = folder ? named : Objects.requireNonNull(named.getParent());
        return new ComposeRequest(
                root,
                all,
                profiles,
                envFiles.stream().map(file -> file.toAbsolutePath().normalize()).toList(),
                CommandSettings.fromEnvironment().environment());
    }
}
