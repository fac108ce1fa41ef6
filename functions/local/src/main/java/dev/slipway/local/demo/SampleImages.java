package dev.slipway.local.demo;

import dev.slipway.local.Checkout;
import dev.slipway.local.ClassCache;
import dev.slipway.local.LocalEnvironments;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the account runs for container images. */
final class SampleImages {
    private SampleImages() {}

    /** Of the app's services, and of the worker, which finds its tools by variables. */
    static Map<String, Object> of(SampleApp app, Checkout checkout, String flags, LocalEnvironments environments) {
        ClassCache cache = ClassCache.of(checkout);
        Map<String, Object> images = new TreeMap<>();
        app.programs()
                .forEach((image, program) -> images.put(
                        image,
                        played(cache.command(List.of("-Xmx96m", flags), program.main()), program.environment())));
        images.put(
                "slipway-worker:local",
                played(
                        cache.command(List.of("-Xmx1g", flags), "dev.slipway.worker.SlipwayCommand"),
                        tools(environments)));
        return images;
    }

    private static Map<String, Object> played(List<String> command, Map<String, String> environment) {
        return Map.of("argv", command, "environment", environment);
    }

    /** Where the worker finds its tools, and how it reads names of files. */
    static Map<String, String> tools(LocalEnvironments environments) {
        Path pgDump = environments.postgres().bin("pg_dump");
        return Map.of("SLIPWAY_PG_TOOLS", pgDump.resolveSibling("").toString(), "LC_ALL", "C.UTF-8");
    }
}
