package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.migration.exception.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real files with a few things broken in them are planned or refused in one line; nothing else happens. */
class BrokenInputIT {
    private static final Path APP = Path.of(System.getProperty("slipway.root", "../.."), "events/apps/crp-preschool");

    private static final List<String> PIECES = List.of(
            "",
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "${",
            "${A:-",
            "$",
            "'",
            "\"",
            "*x",
            "&x ",
            "null",
            "0",
            "-1",
            "99999999999",
            "\t",
            "<<: ",
            "é",
            "\u0000",
            "- - -",
            "? ",
            "true",
            "!!int ",
            "a:b:c:d:e",
            "1e309",
            "/",
            "..",
            "host");

    private static final int ROUNDS = 1_000;
    private static final Planner PLANNER = new Planner();

    @Test
    void isRefusedInOneLineOrPlanned() throws IOException {
        String compose = Files.readString(APP.resolve("docker-compose.yml"));
        String spec = Files.readString(APP.resolve("slipway.yaml"));
        Random random = new Random(20_261_121);
        for (int round = 0; round < ROUNDS; round++) {
            String brokenCompose = broken(compose, random);
            String brokenSpec = round % 2 == 0 ? spec : broken(spec, random);
            assertThat(refusal(brokenCompose, brokenSpec))
                    .as("round %s: %s", round, brokenCompose)
                    .doesNotContain("\n");
        }
    }

    /** The one line of a refusal, or nothing. Any other exception fails the test. */
    private static String refusal(String compose, String spec) {
        try {
            AppBundle bundle = AppFiles.readUploaded("crp-preschool", compose, spec);
            PLANNER.plan(bundle.app(), bundle.spec());
            return "";
        } catch (SlipwayException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String broken(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int change = 0; change <= random.nextInt(3); change++) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(at);
                case 1 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                case 2 ->
                    lines.set(
                            at,
                            lines.get(at)
                                    .replaceFirst(
                                            "[^:\\s-][^:]*$",
                                            PIECES.get(random.nextInt(PIECES.size()))
                                                    .replace("$", "\\$")));
                default -> lines.set(at, insert(lines.get(at), random));
            }
        }
        return String.join("\n", lines);
    }

    private static String insert(String line, Random random) {
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + line.substring(at);
    }
}
