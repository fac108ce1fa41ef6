package dev.slipway.local.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests and the templates of a checkout, by the names of their files. */
final class SourceTree {
    private static final Pattern TEST =
            Pattern.compile("(?ms)^[ \\t]+@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\\b(.*?)"
                    + "(?:\\bvoid|\\bDynamic\\w+>) (\\w+)\\(");
    private static final Pattern DISABLED = Pattern.compile("@[\\w.]*Disabled");

    private final Map<String, List<Path>> tests = new HashMap<>();
    private final Map<String, List<Path>> templates = new HashMap<>();
    private final Map<Path, Set<String>> methods = new HashMap<>();

    SourceTree(Path root) {
        for (Path module : children(root.resolve("functions"))) {
            gather(module.resolve("src/test/java"), ".+\\.java", tests);
        }
        gather(root.resolve("functions/blueprints/src/main/resources"), ".+\\.ya?ml", templates);
        gather(root.resolve("statemachine"), ".+\\.ya?ml", templates);
        templates.put("template.yaml", List.of(root.resolve("template.yaml")));
    }

    /** Why this is no test that runs, if it is none. */
    Optional<String> objectionToTest(String type, String method) {
        List<Path> sources = tests.getOrDefault(type + ".java", List.of());
        if (sources.size() != 1) {
            return Optional.of(type + " is the name of " + sources.size() + " test sources");
        }
        return methods.computeIfAbsent(sources.getFirst(), SourceTree::testsIn).contains(method)
                ? Optional.empty()
                : Optional.of(type + " has no test " + method);
    }

    /** Why this stands in no template, if it does not; a comment does not count. */
    Optional<String> objectionToLine(String file, String text) {
        List<Path> sources = templates.getOrDefault(file, List.of());
        if (sources.size() != 1) {
            return Optional.of(file + " is the name of " + sources.size() + " templates");
        }
        return read(sources.getFirst())
                        .lines()
                        .filter(line -> !line.stripLeading().startsWith("#"))
                        .anyMatch(line -> line.contains(text))
                ? Optional.empty()
                : Optional.of(file + " does not say '" + text + "'");
    }

    private static Set<String> testsIn(Path source) {
        return testsOf(read(source));
    }

    static Set<String> testsOf(String text) {
        Set<String> found = new HashSet<>();
        if (!DISABLED.matcher(text.split("\\bclass ", 2)[0]).find()) {
            TEST.matcher(text)
                    .results()
                    .filter(match -> !isDisabled(text.substring(0, match.start()), match.group(1)))
                    .forEach(match -> found.add(match.group(2)));
        }
        return found;
    }

    /** By an annotation before the one that makes it a test, or behind that. */
    private static boolean isDisabled(String before, String behind) {
        return DISABLED.matcher(before.substring(before.lastIndexOf("\n\n") + 1) + behind)
                .find();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void gather(Path folder, String name, Map<String, List<Path>> into) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.getFileName().toString().matches(name))
                    .forEach(file -> into.merge(
                            file.getFileName().toString(),
                            List.of(file),
                            (one, other) ->
                                    Stream.concat(one.stream(), other.stream()).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
