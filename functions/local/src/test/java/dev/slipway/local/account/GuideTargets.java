package dev.slipway.local.account;

import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.planning.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The targets of the guides' apps under events/apps, as they stand and with other wishes. */
final class GuideTargets {
    static final List<String> APPS = List.of("crp-preschool", "smartboard", "migrateai", "prostudio", "bahnvision");

    private final Path folder;

    /** @param folder where copies of the apps may lie */
    GuideTargets(Path folder) {
        this.folder = folder;
    }

    String template(String app, UnaryOperator<String> wishes) {
        return TargetTemplate.of(new TargetSpec(plan(app, wishes), true));
    }

    /** A stage of an app. */
    String template(String app, String stage, UnaryOperator<String> wishes) {
        return TargetTemplate.of(new TargetSpec(plan(app, Optional.of(stage), wishes, Optional.empty()), true));
    }

    Plan plan(String app, UnaryOperator<String> wishes) {
        return plan(app, Optional.empty(), wishes, Optional.empty());
    }

    /** The same app, with twice the memory for its first service; a person writes that into the app's own files. */
    Plan planWithMoreMemory(String app) {
        PlannedService first = plan(app, UnaryOperator.identity()).services().getFirst();
        String memory = 2 * first.memoryMib() + "M";
        return Files.exists(files(app).resolve("docker-compose.yml"))
                ? plan(
                        app,
                        Optional.empty(),
                        UnaryOperator.identity(),
                        Optional.of("services: {" + first.name() + ": {deploy: {resources: {limits: {memory: " + memory
                                + "}}}}}\n"))
                : plan(
                        app,
                        Optional.empty(),
                        wishes -> wishes.replaceFirst("memory: \\w+", "memory: " + memory),
                        Optional.empty());
    }

    private static Path files(String app) {
        return Linters.ROOT.resolve("events/apps").resolve(app);
    }

    private Plan plan(String app, Optional<String> stage, UnaryOperator<String> wishes, Optional<String> override) {
        try {
            Path copy = Files.createTempDirectory(folder, "app").resolve(app);
            copy(files(app), copy);
            Path wish = copy.resolve("slipway.yaml");
            Files.writeString(wish, wishes.apply(Files.readString(wish)));
            if (override.isPresent()) {
                Files.writeString(copy.resolve("docker-compose.override.yml"), override.get());
            }
            AppBundle bundle = AppFiles.read(ComposeRequest.of(copy), stage);
            return new Planner().plan(bundle.app(), bundle.spec());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One outside CloudFront's own region whose media have a name of the app's zone, and whose next versions a pipeline delivers. */
    TargetSpec elsewhere(String zone) {
        Plan plan = plan("crp-preschool", wishes -> """
                target: {region: eu-central-1, size: small}
                stores: {media: {cdn: media.crpschool.com}}
                traffic: {zone: crpschool.com, record: api.crpschool.com}
                schema: {command: alembic upgrade head}
                repository: {connection: "arn:aws:codeconnections:eu-central-1:123456789012:connection/0a1b", name: crp/preschool}
                """);
        return new TargetSpec(plan, true).withHostedZone(zone);
    }

    /** In its slipway.yaml each app says its size. */
    static UnaryOperator<String> size(String size) {
        return wishes -> wishes.replaceFirst("size: \\w+", "size: " + size);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
