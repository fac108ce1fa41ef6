package dev.slipway.local;

import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A checkout of Slipway that was built: where its template, jars and caches are.
 *
 * @param root the folder of template.yaml
 */
public record Checkout(Path root) {

    /** The checkout that the launcher or the build named. @throws InvalidInput if none was named or it is not built */
    public static Checkout current() {
        Path root = Optional.ofNullable(System.getProperty("slipway.root"))
                .map(Path::of)
                .orElseThrow(() -> new InvalidInput(
                        "find the checkout", "the property slipway.root is not set", "start it by ./slipway"));
        Checkout checkout = new Checkout(root.toAbsolutePath().normalize());
        if (!Files.exists(checkout.stepsJar())) {
            throw new InvalidInput(
                    "run Slipway on this machine",
                    checkout.stepsJar() + " is not there",
                    "build it with ./mvnw package");
        }
        return checkout;
    }

    public Path template() {
        return root.resolve("template.yaml");
    }

    /** Everything that a run writes; not under version control. */
    public Path own() {
        return root.resolve(".slipway");
    }

    /** Unpacked server packages, shared by all runs. */
    public Path cache() {
        return own().resolve("cache");
    }

    public Path app(String name) {
        return root.resolve("events/apps").resolve(name);
    }

    /** The plugin of the emulated account and its requirements. */
    public Path accountFolder() {
        return root.resolve("functions/local/src/main/account");
    }

    Path stepsJar() {
        return root.resolve("functions/steps/target/steps.jar");
    }

    /** The class path of this module, as the jars that the build left. */
    public String classPath() {
        Path target = target();
        return target.resolve("local-0.1.0-SNAPSHOT.jar") + ":" + jars("lib");
    }

    /** The jars that the build copied to a folder of this module, as a class path. */
    public String jars(String folder) {
        try (Stream<Path> files = Files.list(target().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Path target() {
        return root.resolve("functions/local/target");
    }
}
