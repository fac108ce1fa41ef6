package dev.slipway.local.demo;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** By which logins the tasks of an account's services come to their stores: what stands in the environment of their processes. */
record RunningTasks(String endpoint) {
    private static final String DATABASE = "DATABASE_URL";
    private static final String CACHE = "REDIS_URL";

    /** To the database. */
    Set<StoreUrl> logins() {
        return urls(DATABASE);
    }

    Set<StoreUrl> loginsOfCache() {
        return urls(CACHE);
    }

    private Set<StoreUrl> urls(String name) {
        return ProcessHandle.allProcesses()
                .map(process -> environment(process.pid()))
                .filter(variables -> endpoint.equals(variables.get("AWS_ENDPOINT_URL")))
                .flatMap(variables -> Optional.ofNullable(variables.get(name)).stream())
                .map(StoreUrl::parse)
                .collect(Collectors.toSet());
    }

    /** Nothing of a process that has ended, or is somebody else's. */
    private static Map<String, String> environment(long pid) {
        try {
            String all = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            List<String> entries = Arrays.asList(all.split("\0"));
            return entries.stream()
                    .map(entry -> entry.split("=", 2))
                    .filter(entry -> entry.length == 2)
                    .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (one, other) -> other));
        } catch (IOException e) {
            return Map.of();
        }
    }
}
