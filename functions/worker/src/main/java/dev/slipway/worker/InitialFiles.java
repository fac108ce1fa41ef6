package dev.slipway.worker;

import dev.slipway.compose.SpecSchema;
import dev.slipway.migration.app.App;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.planning.InitialSpec;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What {@code slipway plan --init} writes into an app's folder. Nothing that is there is written over. */
final class InitialFiles {
    private static final String SPEC = "slipway.yaml";

    private InitialFiles() {}

    /** @throws InvalidInput if one of the files is there */
    static void requireNone(Path folder) {
        for (String name : List.of(SPEC, SpecSchema.FILE)) {
            if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw new InvalidInput(
                        "write " + folder.resolve(name),
                        "it is there already, and nothing is written over",
                        "move it away, or edit it as it is");
            }
        }
    }

    /** The lines that say what was written. */
    static String write(Path folder, App app) {
        String schema = OutputFile.write(
                folder.resolve(SpecSchema.FILE),
                SpecSchema.text(),
                "the schema by which an editor completes and checks it",
                StandardOpenOption.CREATE_NEW);
        String spec = OutputFile.write(
                folder.resolve(SPEC),
                InitialSpec.text(app),
                "every key with its default",
                StandardOpenOption.CREATE_NEW);
        return String.join(
                System.lineSeparator(),
                spec,
                schema,
                "It says nothing yet: take away the '# ' before what you want to change, and run 'slipway plan' again.");
    }
}
