package dev.slipway.local.account;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the emulated account is started with.
 *
 * @param run the run's folder, in which the account keeps all that it writes
 * @param python its environment
 * @param plugin the folder of the plugin's package
 * @param java the java executable of functions
 * @param runtimeClient a folder of jars: AWS's runtime interface client for Java
 * @param jsonata a folder of jars: JSONata for Java
 * @param functionCache where functions' code and what makes it start fast are kept from run to run
 * @param javaFlags flags of each function's JVM, such as those for names and the proxy
 * @param images the JSON file that says which command an ECS image stands for
 * @param faults the JSON file that says which calls fail
 * @param machineRoom who starts the real servers behind databases and caches
 */
public record AccountSettings(
        Path run,
        PythonEnvironment python,
        Path plugin,
        Path java,
        Path runtimeClient,
        Path jsonata,
        Path functionCache,
        List<String> javaFlags,
        Optional<Path> images,
        Optional<Path> faults,
        Optional<URI> machineRoom) {
    public AccountSettings {
        run = run.toAbsolutePath().normalize();
        javaFlags = List.copyOf(javaFlags);
    }

    /** An account from the sources and the build of this checkout, on the JDK that runs us. */
    public static AccountSettings inCheckout(Path root, Path run, PythonEnvironment python) {
        Path local = root.toAbsolutePath().normalize().resolve("functions/local");
        return new AccountSettings(
                run,
                python,
                local.resolve("src/main/account"),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                local.resolve("target/ric"),
                local.resolve("target/jsonata"),
                root.toAbsolutePath().normalize().resolve(".slipway/functions"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same account inside a run that knows its images, plants its faults and starts its servers. */
    public AccountSettings inRun(Path images, Path faults, URI machineRoom, List<String> javaFlags) {
        return new AccountSettings(
                run,
                python,
                plugin,
                java,
                runtimeClient,
                jsonata,
                functionCache,
                javaFlags,
                Optional.of(images),
                Optional.of(faults),
                Optional.of(machineRoom));
    }
}
