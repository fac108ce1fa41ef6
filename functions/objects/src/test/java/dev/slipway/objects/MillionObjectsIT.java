package dev.slipway.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.CopyPace;
import dev.slipway.migration.StoreUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy and a comparison hold in memory does not grow with the number of objects: of a million they hold no more than a command has. */
@Tag("soak")
class MillionObjectsIT {
    private static final int FOLDERS = 1_000;
    private static final int FILES = 1_000;
    private static final long MOST_KILOBYTES = 250_000;

    @TempDir
    Path folder;

    /** @param peak of the process's resident memory, in kilobytes */
    private record Done(String outcome, long peak) {}

    @Test
    void areCopiedAndComparedInTheMemoryOfACommand() throws Exception {
        StoreUrl source = StoreUrl.parse(fill(folder.resolve("files")).toUri().toString());
        try (RealServer server = RealServer.start(folder.resolve("server"))) {
            StoreUrl target = server.url(server.bucket());

            does(EngineProcess.Verb.COPY, source, target, "copied 1000000");
            does(EngineProcess.Verb.COMPARE, source, target, "same 1000000");
            does(EngineProcess.Verb.COPY, source, target, "skipped all 1000000 objects were on the target already");
        }
    }

    private void does(EngineProcess.Verb verb, StoreUrl source, StoreUrl target, String outcome) throws Exception {
        long start = System.nanoTime();
        Done done = run(verb, source, target);
        System.out.printf("%s %d s %s%n", verb, (System.nanoTime() - start) / 1_000_000_000, done);
        assertThat(done.outcome()).isEqualTo(outcome);
        assertThat(done.peak()).isPositive().isLessThan(MOST_KILOBYTES);
    }

    private Done run(EngineProcess.Verb verb, StoreUrl source, StoreUrl target) throws Exception {
        Process process = EngineProcess.start(verb, source, target, folder.resolve("notes"), CopyPace.DEFAULT);
        try (BufferedReader said = process.inputReader(UTF_8)) {
            String outcome = "";
            long peak = 0;
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                peak = line.startsWith(EngineProcess.PEAK) ? Long.parseLong(line.replaceAll("\\D", "")) : peak;
                outcome = line.startsWith(EngineProcess.PEAK) ? outcome : line;
            }
            process.waitFor();
            return new Done(outcome, peak);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The same thousand files under a million names. */
    private static Path fill(Path files) throws IOException {
        Path first = Files.createDirectories(files.resolve("0000"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(first.resolve("%04d.txt".formatted(i)), "content of " + i);
        }
        for (int i = 1; i < FOLDERS; i++) {
            Path next = Files.createDirectory(files.resolve("%04d".formatted(i)));
            for (int j = 0; j < FILES; j++) {
                String name = "%04d.txt".formatted(j);
                Files.createLink(next.resolve(name), first.resolve(name));
            }
        }
        return files;
    }
}
