package dev.slipway.objects;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.SlipwayException;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies, compares or repairs in a process of its own, with the memory that a command gives it. It says how many objects are done, and at its end
 * what came of it; where it failed it says why and ends with 2.
 */
final class EngineProcess {
    /** Objects above this go in parts. */
    static final int PART = 5 << 20;

    /** How the line begins that says how much memory was resident at most. */
    static final String PEAK = "VmHWM:";

    private final Verb verb;
    private final StoreUrl source;
    private final StoreUrl target;
    private final CopyOptions options;
    private final ObjectsEngine engine = new ObjectsEngine(S3Clients::of, PART);

    private EngineProcess(Verb verb, StoreUrl source, StoreUrl target, CopyOptions options) {
        this.verb = verb;
        this.source = source;
        this.target = target;
        this.options = options;
    }

    /** What it does. */
    enum Verb {
        COPY,
        COMPARE,
        REPAIR
    }

    static Process start(Verb verb, StoreUrl source, StoreUrl target, Path notes, CopyPace pace) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms72m",
                "-Xmn48m",
                "-XX:SurvivorRatio=4",
                "-XX:TargetSurvivorRatio=90",
                "-Xmx256m",
                EngineProcess.class.getName(),
                verb.name(),
                source.reveal(),
                target.reveal(),
                notes.toString(),
                String.valueOf(pace.jobs()),
                String.valueOf(pace.bytesPerSecond()));
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.redirectErrorStream(true).start();
    }

    static CopyNotes notes(Path notes) {
        return new CopyNotes(new FolderArtifacts(notes), "");
    }

    static CopyOptions options(Path notes) {
        return CopyOptions.unfenced().withNotes(notes(notes));
    }

    public static void main(String[] arguments) throws IOException {
        CopyPace pace = new CopyPace(1, Integer.parseInt(arguments[4]), Long.parseLong(arguments[5]));
        CopyOptions options = options(Path.of(arguments[3])).at(pace);
        EngineProcess process = new EngineProcess(
                Verb.valueOf(arguments[0]), StoreUrl.parse(arguments[1]), StoreUrl.parse(arguments[2]), options);
        try {
            System.out.println(process.run(amount -> System.out.println(amount.items())));
            Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .forEach(System.out::println);
        } catch (SlipwayException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }

    private String run(Progress progress) {
        return switch (verb) {
            case COPY -> outcome(engine.copy(source, target, options, progress));
            case COMPARE -> outcome(engine.compare(source, target, progress));
            case REPAIR ->
                outcome(engine.repair(source, target, options.notes(), progress).after());
        };
    }

    private static String outcome(CopyOutcome outcome) {
        return switch (outcome) {
            case CopyOutcome.Copied copied -> "copied " + copied.items();
            case CopyOutcome.Skipped skipped -> "skipped " + skipped.reason();
        };
    }

    private static String outcome(Comparison comparison) {
        return comparison instanceof Comparison.Same same ? "same " + same.items() : comparison.toString();
    }
}
