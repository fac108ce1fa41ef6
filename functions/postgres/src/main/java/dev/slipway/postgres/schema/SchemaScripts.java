package dev.slipway.postgres.schema;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.tools.PostgresProcess;
import dev.slipway.postgres.tools.PostgresTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A source's schema as two scripts for a target, as pg_dump and pg_restore write them.
 *
 * @param before what must be there before the rows: types, tables, functions
 * @param indexes what is quicker after them: an index, or a key that rests on one, each
 * @param foreignKeys what may turn out not to be so, each
 * @param after what is only possible after those: triggers, rules, publications
 */
public record SchemaScripts(String before, List<IndexScript> indexes, List<ScriptEntry> foreignKeys, String after) {
    private static final Pattern INDEX = Pattern.compile("^\\d+; (1259|2606) \\d+ (INDEX|CONSTRAINT) .*$");
    private static final Pattern FOREIGN_KEY = Pattern.compile("^\\d+; 2606 \\d+ FK CONSTRAINT .*$");
    private static final String POST_DATA = "post-data";
    // With a key of pg_restore's own; others may be a function's text.
    private static final Pattern COMMAND = Pattern.compile("\\\\(un)?restrict [A-Za-z0-9]{63}");
    private static final Pattern SETTING = Pattern.compile("SET (\\w+) = .*;");
    // What names roles or sees other work is carried apart, passwords not at all.
    private static final Pattern LEFT_OUT = Pattern.compile("^\\d+; \\d+ \\d+ (POLICY|EVENT TRIGGER|USER MAPPING) .*$");
    private static final Pattern ENTRY = Pattern.compile("^\\d+; (\\d+ \\d+) (.*)$");

    /** Of both scripts, without what pg_dump makes up anew each time. */
    public String digest() {
        String all = before
                + indexes.stream().map(IndexScript::script).collect(Collectors.joining())
                + foreignKeys.stream().map(ScriptEntry::script).collect(Collectors.joining())
                + after;
        return Sha256.hex(forServer(all, Set.of()).getBytes(StandardCharsets.UTF_8));
    }

    /** With the statements that make keys of indexes, for which triggers, rules and foreign keys may wait. */
    public SchemaScripts adopting(String adoptions) {
        int first = after.indexOf(ScriptEntry.HEAD_BEGIN);
        int settings = first < 0 ? after.length() : first;
        String all = after.substring(0, settings) + adoptions + "\n" + after.substring(settings);
        return new SchemaScripts(before, indexes, foreignKeys, all);
    }

    /** Reads the schema as the exported snapshot sees it, with tools that were demanded. */
    public static SchemaScripts dump(PostgresTools tools, StoreUrl source, String snapshot, LeftOut leftOut)
            throws IOException {
        PostgresProcess dump = tools.demanded("pg_dump", source);
        PostgresProcess restore = tools.demanded("pg_restore", source);
        Path folder = Files.createTempDirectory("slipway-schema");
        Archive archive = new Archive(restore, folder.resolve("schema.dump"));
        try {
            try (OutputStream out = Files.newOutputStream(archive.file)) {
                dump.run(
                        out,
                        "--format=custom",
                        "--schema-only",
                        "--encoding=UTF8",
                        "--snapshot=" + snapshot,
                        "--no-subscriptions",
                        "--exclude-schema=slipway");
            }
            return read(archive, kept(print(restore, "--list", archive.file.toString()), leftOut));
        } finally {
            Files.deleteIfExists(archive.file);
            Files.deleteIfExists(folder);
        }
    }

    private static SchemaScripts read(Archive archive, String kept) throws IOException {
        String indexes = lines(kept, INDEX, true);
        String keys = lines(kept, FOREIGN_KEY, true);
        String others = lines(lines(kept, INDEX, false), FOREIGN_KEY, false);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("restore-", 0).factory())) {
            Future<String> before = threads.submit(() -> archive.script("pre-data", kept));
            Future<String> indexScript = threads.submit(() -> archive.script(POST_DATA, indexes));
            Future<String> keyScript = threads.submit(() -> archive.script(POST_DATA, keys));
            Future<String> after = threads.submit(() -> archive.script(POST_DATA, others));
            Optional<List<IndexScript>> indexScripts =
                    IndexScript.cut(await(indexScript), indexes.lines().count());
            Optional<List<ScriptEntry>> keyScripts =
                    ScriptEntry.cut(await(keyScript), keys.lines().count());
            boolean cut = indexScripts.isPresent() && keyScripts.isPresent();
            return new SchemaScripts(
                    await(before),
                    indexScripts.orElse(List.of()),
                    keyScripts.orElse(List.of()),
                    cut ? await(after) : archive.script(POST_DATA, uncut(kept, indexScripts, keyScripts)));
        }
    }

    private static String uncut(
            String kept, Optional<List<IndexScript>> indexes, Optional<List<ScriptEntry>> foreignKeys) {
        String rest = indexes.isPresent() ? lines(kept, INDEX, false) : kept;
        return foreignKeys.isPresent() ? lines(rest, FOREIGN_KEY, false) : rest;
    }

    private static String await(Future<String> script) throws IOException {
        try {
            return script.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while pg_restore printed the schema");
        }
    }

    /** The lines of a list that match, or all the others. */
    private static String lines(String list, Pattern pattern, boolean matching) {
        return list.lines()
                .filter(line -> pattern.matcher(line).matches() == matching)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** What pg_dump has written. */
    private record Archive(PostgresProcess restore, Path file) {
        /** @param entries those that pg_restore is to print */
        String script(String section, String entries) throws IOException {
            Path list = Files.createTempFile(file.resolveSibling(""), "list", "");
            try {
                Files.writeString(list, entries);
                return print(
                        restore,
                        "--file=-",
                        "--section=" + section,
                        "--no-owner",
                        "--no-privileges",
                        "--no-comments",
                        "--no-tablespaces",
                        "--no-security-labels",
                        "--use-list=" + list,
                        file.toString());
            } finally {
                Files.delete(list);
            }
        }
    }

    private static String print(PostgresProcess program, String... arguments) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        program.run(printed, arguments);
        return printed.toString(StandardCharsets.UTF_8);
    }

    static String kept(String list, LeftOut leftOut) {
        Set<String> ids = leftOut.ids();
        return list.lines()
                .filter(line -> !LEFT_OUT.matcher(line).matches() && !isAmong(line, ids, leftOut.ours()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A type that is to come has no number yet; only a superuser's types need to be told of before. */
    private static boolean isAmong(String line, Set<String> ids, Set<String> ours) {
        Matcher entry = ENTRY.matcher(line);
        return entry.matches()
                && (ids.contains(entry.group(1))
                        || ours.contains(entry.group(1))
                        || (!ids.isEmpty() && entry.group(2).startsWith("SHELL TYPE ")));
    }

    /** The settings that the session's server knows. */
    public static Set<String> settings(PostgresSession session) throws SQLException {
        return new HashSet<>(session.query("SELECT name FROM pg_settings", row -> row.getString(1)));
    }

    /** The script without psql's own commands and without the settings that the target's version does not know. */
    public static String forServer(String script, Set<String> knownSettings) {
        StringBuilder kept = new StringBuilder();
        boolean header = true;
        for (String line : script.split("\n", -1)) {
            header &= !line.startsWith("-- Name: ");
            Matcher setting = SETTING.matcher(line);
            boolean unknown = header && setting.matches() && !knownSettings.contains(setting.group(1));
            if (!unknown && !COMMAND.matcher(line).matches()) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }
}
