package dev.slipway.postgres;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A source's schema as two scripts for a target, as pg_dump and pg_restore write them.
 *
 * @param before what must be there before the rows: types, tables, functions
 * @param indexes what is quicker after them: an index, or a key that rests on one, each
 * @param after what is only possible after those: foreign keys, triggers, policies
 */
record SchemaScripts(String before, List<IndexScript> indexes, String after) {
    private static final Pattern INDEX = Pattern.compile("^\\d+; (1259|2606) \\d+ (INDEX|CONSTRAINT) .*$");
    private static final Pattern SETTING = Pattern.compile("SET (\\w+) = .*;");
    // Not ours to carry: the fence, and the comment on an extension, which only its owner may set.
    private static final Pattern LEFT_OUT = Pattern.compile(
            "^\\d+; \\d+ \\d+ (TRIGGER .* slipway_fence .*|SCHEMA - slipway .*|COMMENT - EXTENSION .*|COMMENT - SCHEMA public .*|SCHEMA - public .*"
                    + "|PUBLICATION .*|SUBSCRIPTION .*)$");

    /** Of both scripts, without what pg_dump makes up anew each time. */
    String digest() {
        String all = before + indexes.stream().map(IndexScript::script).collect(Collectors.joining()) + after;
        return Sha256.hex(forServer(all, Set.of()).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the schema as the exported snapshot sees it. */
    static SchemaScripts dump(PostgresTools tools, StoreUrl source, int version, String snapshot) throws IOException {
        PostgresProcess dump = tools.program("pg_dump", source, version);
        PostgresProcess restore = tools.program("pg_restore", source, version);
        Path folder = Files.createTempDirectory("slipway-schema");
        Path archive = folder.resolve("schema.dump");
        Path list = folder.resolve("list");
        try {
            try (OutputStream out = Files.newOutputStream(archive)) {
                dump.run(
                        out,
                        "--format=custom",
                        "--schema-only",
                        "--encoding=UTF8",
                        "--snapshot=" + snapshot,
                        "--exclude-schema=slipway");
            }
            String kept = kept(print(restore, "--list", archive.toString()));
            Files.writeString(list, kept);
            String before = script(restore, "pre-data", list, archive);
            String indexes = filtered(kept, true);
            Files.writeString(list, indexes);
            Optional<List<IndexScript>> cut = IndexScript.cut(
                    script(restore, "post-data", list, archive), indexes.lines().count());
            Files.writeString(list, cut.isPresent() ? filtered(kept, false) : kept);
            return new SchemaScripts(before, cut.orElse(List.of()), script(restore, "post-data", list, archive));
        } finally {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(list);
            Files.deleteIfExists(folder);
        }
    }

    /** The lines of indexes and their keys, or all the others. */
    private static String filtered(String list, boolean indexes) {
        return list.lines()
                .filter(line -> INDEX.matcher(line).matches() == indexes)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String script(PostgresProcess restore, String section, Path list, Path archive) throws IOException {
        return print(
                restore,
                "--file=-",
                "--section=" + section,
                "--no-owner",
                "--no-privileges",
                "--no-tablespaces",
                "--no-security-labels",
                "--use-list=" + list,
                archive.toString());
    }

    private static String print(PostgresProcess program, String... arguments) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        program.run(printed, arguments);
        return printed.toString(StandardCharsets.UTF_8);
    }

    static String kept(String list) {
        return list.lines()
                .filter(line -> !LEFT_OUT.matcher(line).matches())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The settings that the session's server knows. */
    static Set<String> settings(PostgresSession session) throws SQLException {
        return new HashSet<>(session.query("SELECT name FROM pg_settings", row -> row.getString(1)));
    }

    /** The script without psql's own commands and without the settings that the target's version does not know. */
    static String forServer(String script, Set<String> knownSettings) {
        StringBuilder kept = new StringBuilder();
        boolean header = true;
        for (String line : script.split("\n", -1)) {
            header &= !line.startsWith("-- Name: ");
            Matcher setting = SETTING.matcher(line);
            boolean unknown = header && setting.matches() && !knownSettings.contains(setting.group(1));
            boolean command = line.startsWith("\\restrict ") || line.startsWith("\\unrestrict ");
            if (!unknown && !command) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }
}
