package dev.slipway.local.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.PostgresEngine;
import dev.slipway.postgres.tools.PostgresTools;
import dev.slipway.worker.SlipwayCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Every source that is still supported, to every managed target that is not older. */
@Tag("battery")
class PostgresVersionsIT {
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", "."));
    private static final Path SCHEMAS = ROOT.resolve("functions/postgres/src/test/resources/dev/slipway/postgres");
    private static final Path OF_SOME_VERSIONS =
            ROOT.resolve("functions/local/src/test/resources/dev/slipway/local/versions");
    private static final Pattern FROM = Pattern.compile("from-(\\d+)\\.sql");
    private static final FenceToken TOKEN = new FenceToken("shop", 1);

    /** What is done to the target, and where it must be found. */
    private static final Map<String, String> MUTATIONS = Map.of(
            "UPDATE public.odd_values SET b = '\\x00ff0a5d' WHERE id = 21", "public.odd_values id=21",
            "DELETE FROM public.reading WHERE id = 17", "public.reading id=17",
            "SELECT nextval('public.ticket')", "position of sequence public.ticket",
            "DROP INDEX public.odd_json", "index odd_json on public.odd_values",
            "ALTER TABLE public.person ALTER name SET DEFAULT 'somebody'", "column public.person.name",
            "ALTER TABLE public.empty_table ADD COLUMN more int", "column public.empty_table.more");

    @TempDir
    static Path folder;

    private static ServersOfEachVersion sources;
    private static ServersOfEachVersion targets;
    private static Path newestTools;

    @BeforeAll
    static void start() {
        sources = new ServersOfEachVersion(folder.resolve("sources"));
        targets = new ServersOfEachVersion(folder.resolve("targets"));
        newestTools = ServersOfEachVersion.newestTools();
    }

    @AfterAll
    static void stop() {
        targets.close();
        sources.close();
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "14,16", "14,17", "14,18", "15,16", "15,17", "15,18", "16,16", "16,17", "16,18", "17,17", "17,18", "18,18"
    })
    void copiesWhateverEverWentWrongAndFindsWhatChangesAfterwards(int from, int to) throws Exception {
        StoreUrl source = source(from);
        StoreUrl target = targets.managed(to);
        PostgresEngine engine = engine();
        engine.fence(source, TOKEN);
        assertThat(engine.copy(source, target, TOKEN, Progress.SILENT)).isInstanceOf(CopyOutcome.Copied.class);
        assertThat(engine.compare(source, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        engine.unfence(source, TOKEN);
        assertThat(SchemaDump.differences(newestTools.resolve("pg_dump"), source, target))
                .isEmpty();
        for (String mutation : MUTATIONS.keySet()) {
            ServersOfEachVersion.run(target, mutation);
        }
        assertThat(engine.compare(source, target, Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .extracting(Difference::item)
                                .containsExactlyInAnyOrderElementsOf(MUTATIONS.values()));
    }

    @Test
    void refusesATargetThatIsOlderThanTheSource() throws Exception {
        StoreUrl source = sources.fresh(17);
        StoreUrl target = targets.managed(16);
        StringWriter err = new StringWriter();
        CommandLine line = SlipwayCommand.commandLine(List.of()).setErr(new PrintWriter(err));
        assertThat(line.execute("copy", source.reveal(), target.reveal())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("Tried to copy " + source + " to " + target
                        + " but the target runs version 16 and the source 17, whose schema an older server may not"
                        + " understand: take a target of version 17 or later");
    }

    private static StoreUrl source(int version) throws IOException, SQLException {
        StoreUrl source = sources.fresh(version);
        for (Path script : scripts(version)) {
            ServersOfEachVersion.run(source, Files.readString(script));
        }
        return source;
    }

    /** Those that rely on nothing first; what only a superuser may have is no managed target's. */
    private static List<Path> scripts(int version) throws IOException {
        List<Path> scripts = new ArrayList<>(List.of(SCHEMAS.resolve("nasty.sql")));
        for (Path parent : List.of(OF_SOME_VERSIONS, SCHEMAS)) {
            try (Stream<Path> found = Files.list(parent)) {
                found.filter(script -> isFor(version, script.getFileName().toString()))
                        .sorted()
                        .forEach(scripts::add);
            }
        }
        return scripts;
    }

    private static boolean isFor(int version, String script) {
        Matcher from = FROM.matcher(script);
        return from.matches() ? Integer.parseInt(from.group(1)) <= version : script.startsWith("every-");
    }

    private static PostgresEngine engine() {
        return new PostgresEngine(PostgresTools.in(newestTools));
    }
}
