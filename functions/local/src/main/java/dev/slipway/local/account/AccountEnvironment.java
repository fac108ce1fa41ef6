package dev.slipway.local.account;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables of the account's process, and those of its clients. */
final class AccountEnvironment {
    private static final String LOOPBACK = "127.0.0.1";

    private AccountEnvironment() {}

    /** For a process or a client that is to see the emulated account and nothing else of AWS. */
    static Map<String, String> ofClients(URI endpoint, Path run) {
        Map<String, String> env = new HashMap<>(credentials(run));
        env.put("AWS_ENDPOINT_URL", endpoint.toString());
        env.put("AWS_PAGER", "");
        env.put("SAM_CLI_TELEMETRY", "0");
        env.put("SAM_CLI_POLL_DELAY", "0.5");
        env.put("__SAM_CLI_APP_DIR", run.resolve("sam").toString());
        return Map.copyOf(env);
    }

    /** For the account itself; {@code folders} are made. */
    static Map<String, String> ofAccount(AccountSettings settings, int port) throws IOException {
        Path run = settings.run();
        Map<String, String> env = new HashMap<>(credentials(run));
        env.putAll(folders(run));
        env.put("PYTHONPATH", settings.plugin().toString());
        env.put("PYTHONUNBUFFERED", "1");
        // Beside the sources, compiled modules would look to the launcher like sources that changed.
        env.put(
                "PYTHONPYCACHEPREFIX",
                settings.python().folder().resolve("pycache").toString());
        // An index of installed plugins, by their files' times: one for all runs.
        env.put("XDG_CACHE_HOME", settings.python().folder().resolve("cache").toString());
        env.put("SLIPWAY_RUN", run.toString());
        env.put("SLIPWAY_JAVA", settings.java().toString());
        env.put("SLIPWAY_JAVA_FLAGS", String.join(" ", settings.javaFlags()));
        env.put("SLIPWAY_RIC_CLASSPATH", jars(settings.runtimeClient()));
        env.put("SLIPWAY_JSONATA_CLASSPATH", jars(settings.jsonata()));
        env.put("SLIPWAY_ARCHIVES", settings.functionCache().toString());
        settings.images().ifPresent(file -> env.put("SLIPWAY_IMAGES", file.toString()));
        settings.faults().ifPresent(file -> env.put("SLIPWAY_FAULTS", file.toString()));
        settings.machineRoom().ifPresent(uri -> env.put("SLIPWAY_MACHINE_ROOM", uri.toString()));
        env.putAll(emulator(port));
        return env;
    }

    /** The default server of the emulator listens on all addresses whatever it is told; hypercorn does not. */
    private static Map<String, String> emulator(int port) {
        return Map.ofEntries(
                Map.entry("GATEWAY_SERVER", "hypercorn"),
                Map.entry("GATEWAY_LISTEN", LOOPBACK + ":" + port),
                Map.entry("LOCALSTACK_HOST", LOOPBACK + ":" + port),
                Map.entry("LAMBDA_RUNTIME_EXECUTOR", "subprocess"),
                Map.entry("PROVIDER_OVERRIDE_DYNAMODB", "slipway"),
                Map.entry("OVERRIDE_IN_DOCKER", "0"),
                Map.entry("DISABLE_EVENTS", "1"),
                Map.entry("SKIP_SSL_CERT_DOWNLOAD", "1"),
                Map.entry("DNS_ADDRESS", "0"),
                Map.entry("EAGER_SERVICE_LOADING", "0"),
                // Otherwise a resource that nothing makes is said to be complete, and all its attributes are "unknown".
                Map.entry("CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES", "0"));
    }

    private static Map<String, String> folders(Path run) throws IOException {
        Map<String, String> folders = new HashMap<>();
        Map.of(
                        "TMPDIR", "tmp",
                        "CONFIG_DIR", "config",
                        "LOCALSTACK_VOLUME_DIR", "volume",
                        "FILESYSTEM_ROOT", "root")
                .forEach((name, folder) -> folders.put(name, run.resolve(folder).toString()));
        for (String folder : List.of("logs", "tmp", "s3", "volume", "root", "pids")) {
            Files.createDirectories(run.resolve(folder));
        }
        return folders;
    }

    private static Map<String, String> credentials(Path run) {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", run.resolve("aws-config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE", run.resolve("aws-credentials").toString(),
                // A proxy of this machine's must not be asked for what listens on its loopback.
                "NO_PROXY", "127.0.0.1,localhost",
                "no_proxy", "127.0.0.1,localhost");
    }

    private static String jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new AccountFailed("start the emulated account", folder + " is missing", "build with ./mvnw package");
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
    }
}
