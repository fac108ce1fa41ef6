package dev.slipway.local.demo;

import dev.slipway.migration.CopyPace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A copy of an app's files, with an .env of this run, its own name, and minutes that are compressed to seconds. */
record DemoAppFolder(Path folder) {

    static DemoAppFolder write(
            Path original,
            Path folder,
            String app,
            int everySeconds,
            Map<String, CopyPace> paces,
            boolean live,
            Map<String, String> env)
            throws IOException {
        Files.createDirectories(folder);
        Files.copy(original.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        String spec = Files.readString(original.resolve("slipway.yaml"));
        Files.writeString(
                folder.resolve("slipway.yaml"),
                spec.replaceFirst("(?m)^app: .*$", "app: " + app)
                                // Its images are programs of this machine.
                                .replaceFirst("(?m)^target:\\s*$", "target:\n  images: source")
                                .replaceFirst("(?m)^(\\s+record:) .*$", "$1 " + record(app))
                                .replaceFirst("(?m)^(\\s+every:) .*$", "$1 " + everySeconds + "s")
                                .replaceFirst("(?m)^strategy: .*$", "strategy: " + (live ? "switch" : "freeze"))
                        + stores(paces));
        Path dotEnv = Files.writeString(
                folder.resolve(".env"),
                new TreeMap<>(env)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining("\n", "", "\n")));
        Files.setPosixFilePermissions(dotEnv, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return new DemoAppFolder(folder);
    }

    private static String stores(Map<String, CopyPace> paces) {
        String all = new TreeMap<>(paces)
                .entrySet().stream()
                        .map(store -> store(store.getKey(), store.getValue()))
                        .collect(Collectors.joining());
        return all.isEmpty() ? "" : "\nstores:\n" + all;
    }

    private static String store(String name, CopyPace pace) {
        return "  " + name + ":\n    workers: " + pace.workers() + "\n    jobs: " + pace.jobs() + "\n"
                + (pace.bytesPerSecond() == 0 ? "" : "    rate: " + pace.bytesPerSecond() + "\n");
    }

    /** The name that the app's users call. */
    static String record(String app) {
        return (app.equals("crp-preschool") ? "api" : app) + ".crpschool.com";
    }
}
