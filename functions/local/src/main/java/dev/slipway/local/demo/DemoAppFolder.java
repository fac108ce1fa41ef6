package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.spec.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A copy of an app's files, with an .env of this run, its own name, and minutes that are compressed to seconds. */
record DemoAppFolder(Path folder) {
    /** Where the account of this machine is. */
    private static final String REGION = "us-east-1";

    /**
     * What is otherwise than in the app's own files.
     *
     * @param app its name
     * @param everySeconds how long a weight is baked
     * @param paces how hard each store is copied, by its name
     */
    record Wishes(String app, int everySeconds, Map<String, CopyPace> paces, Strategy strategy) {
        Wishes {
            paces = Map.copyOf(paces);
        }
    }

    static DemoAppFolder write(SampleApp sample, Checkout checkout, Path folder, Wishes wishes, Map<String, String> env)
            throws IOException {
        Path original = checkout.app(sample.name());
        Files.createDirectories(folder);
        Files.copy(original.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        String spec = Files.readString(original.resolve("slipway.yaml"));
        Files.writeString(folder.resolve("slipway.yaml"), spec(spec, sample.record(wishes.app()), wishes));
        Path dotEnv = Files.writeString(
                folder.resolve(".env"),
                new TreeMap<>(env)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining("\n", "", "\n")));
        Files.setPosixFilePermissions(dotEnv, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return new DemoAppFolder(folder);
    }

    private static String spec(String original, String record, Wishes wishes) {
        String spec = original.replaceFirst("(?m)^app: .*$", "app: " + wishes.app())
                // Its images are programs of this machine.
                .replaceFirst("(?m)^target:\\s*$", "target:\n  images: source")
                .replaceFirst("(?m)^(\\s+region:) .*$", "$1 " + REGION)
                .replaceFirst("(?m)^\\s+every: .*\\R", "")
                .replaceFirst("(?m)^traffic:\\s*$", "traffic:\n  every: " + wishes.everySeconds() + "s")
                .replaceFirst("(?m)^(\\s+record:) .*$", "$1 " + record)
                .replaceFirst(
                        "(?m)^strategy: .*$", "strategy: " + wishes.strategy().word());
        for (Map.Entry<String, CopyPace> store : new TreeMap<>(wishes.paces()).entrySet()) {
            spec = paced(spec, store.getKey(), store.getValue());
        }
        return spec;
    }

    /** What is said of a store already stays, in braces or in lines. */
    private static String paced(String spec, String store, CopyPace pace) {
        List<String> keys = keys(pace);
        String lines = "    " + String.join("\n    ", keys) + "\n";
        if (spec.contains("\n  " + store + ": {")) {
            return spec.replace("\n  " + store + ": {", "\n  " + store + ": {" + String.join(", ", keys) + ", ");
        }
        if (spec.contains("\n  " + store + ":\n")) {
            return spec.replace("\n  " + store + ":\n", "\n  " + store + ":\n" + lines);
        }
        String whole = "\nstores:\n  " + store + ":\n" + lines;
        return spec.contains("\nstores:\n") ? spec.replace("\nstores:\n", whole) : spec + whole;
    }

    private static List<String> keys(CopyPace pace) {
        List<String> keys = new ArrayList<>(List.of("workers: " + pace.workers(), "jobs: " + pace.jobs()));
        if (pace.bytesPerSecond() > 0) {
            keys.add("rate: " + pace.bytesPerSecond());
        }
        return keys;
    }
}
