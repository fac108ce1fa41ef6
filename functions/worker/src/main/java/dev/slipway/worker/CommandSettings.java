package dev.slipway.worker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the environment says to the commands on stores: where pg_dump is, and perhaps a password. */
public record CommandSettings(Map<String, String> environment) {
    private static final String TOOLS = "SLIPWAY_PG_TOOLS";
    private static final String TOOLS_OF_THIS_PROCESS = "slipway.pg.tools";

    public CommandSettings {
        environment = Map.copyOf(environment);
    }

    public static CommandSettings fromEnvironment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String tools = System.getProperty(TOOLS_OF_THIS_PROCESS, "");
        if (!tools.isEmpty()) {
            environment.putIfAbsent(TOOLS, tools);
        }
        return new CommandSettings(environment);
    }

    /** Says where pg_dump is, for as long as this process runs and where the environment does not say it. */
    public static void usePostgresTools(Path folder) {
        System.setProperty(TOOLS_OF_THIS_PROCESS, folder.toString());
    }

    /** The folder of pg_dump as it is named, or an empty text. */
    public String postgresTools() {
        return environment.getOrDefault(TOOLS, "");
    }

    /** {@code PGPASSWORD}, or an empty text. */
    String postgresPassword() {
        return environment.getOrDefault("PGPASSWORD", "");
    }
}
