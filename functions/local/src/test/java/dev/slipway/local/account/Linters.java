package dev.slipway.local.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The linters of templates and machines, of pinned versions, with their findings as they write them. */
final class Linters {
    static final Path ROOT = Path.of(System.getProperty("slipway.root"));

    private static final Path SLIPWAY = ROOT.resolve(".slipway");
    private static final Path PINNED = ROOT.resolve("functions/local/src/main/account");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final PythonEnvironments environments =
            new PythonEnvironments(SLIPWAY, PINNED, System.getenv(), line -> {});

    /** @param folder where logs, and what npm installs, may lie */
    Linters(Path folder) {
        this.folder = folder;
    }

    /** What cfn-lint says of templates; empty: nothing. It takes a second for thirty resources, hence a process for each processor of two. */
    String templates(List<Path> files, String... ignored) throws IOException {
        int processes = Math.min(files.size(), Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = dealt(files, processes).stream()
                    .map(some -> executor.submit(() -> lint(some, ignored)))
                    .toList();
            StringBuilder found = new StringBuilder();
            for (Future<String> answer : answers) {
                found.append(answer.get());
            }
            return found.toString();
        } catch (ExecutionException e) {
            throw new IOException("cfn-lint", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cfn-lint");
        }
    }

    /** Into so many hands, the large ones first. */
    private static List<List<Path>> dealt(List<Path> files, int hands) {
        List<List<Path>> dealt = Stream.generate(() -> (List<Path>) new ArrayList<Path>())
                .limit(hands)
                .toList();
        List<Path> largest = new ArrayList<>(files);
        largest.sort(
                Comparator.comparingLong((Path file) -> file.toFile().length()).reversed());
        for (int i = 0; i < largest.size(); i++) {
            dealt.get(i % hands).add(largest.get(i));
        }
        return dealt;
    }

    private String lint(List<Path> files, String... ignored) throws IOException {
        List<String> command = new ArrayList<>(List.of(sam("cfn-lint"), "--non-zero-exit-code", "warning"));
        if (ignored.length > 0) {
            command.add("--ignore-checks");
            command.addAll(List.of(ignored));
        }
        command.add("--");
        files.forEach(file -> command.add(file.toString()));
        return findings(Tool.of(command));
    }

    /** What checkov finds in templates, all of them in one process, which takes a second a template and three to begin. */
    List<Exceptions.Finding> checks(Path templates) throws IOException {
        Path answers = Files.createTempDirectory(folder, "checkov");
        Path log = Files.createTempFile(folder, "checkov", ".log");
        int code = Tool.of(List.of(
                        environments
                                .ensure(PythonEnvironments.CHECKOV)
                                .bin("checkov")
                                .toString(),
                        "--directory",
                        templates.toString(),
                        "--framework",
                        "cloudformation",
                        "--output",
                        "json",
                        "--output-file-path",
                        answers.toString(),
                        "--compact",
                        "--quiet",
                        "--skip-download",
                        "--soft-fail"))
                .log(log)
                .limit(Duration.ofMinutes(10))
                .run();
        Path results = answers.resolve("results_json.json");
        if (code != 0 || !Files.exists(results)) {
            throw new IOException("checkov ended with " + code + ": " + Files.readString(log));
        }
        return JSON.readTree(results.toFile())
                .path("results")
                .path("failed_checks")
                .valueStream()
                .map(found -> new Exceptions.Finding(
                        found.path("check_id").asText(),
                        found.path("resource").asText(),
                        found.path("file_path").asText()))
                .toList();
    }

    /** What {@code sam validate --lint} says of a template; empty: nothing. */
    String application(Path template) throws IOException {
        List<String> command = List.of(
                sam("sam"), "validate", "--lint", "--region", "us-east-1", "--template-file", template.toString());
        String said = findings(Tool.of(command).environment(Map.of("SAM_CLI_TELEMETRY", "0")));
        return said.contains("is a valid SAM Template") && !said.startsWith("exit ") ? "" : said;
    }

    /** What asl-validator says of machines; empty: nothing. */
    String machines(List<Path> files) throws IOException {
        List<String> command = new ArrayList<>(List.of(node(), installed().toString()));
        files.forEach(file -> command.addAll(List.of("--yaml-path", file.toString())));
        String said = findings(Tool.of(command));
        return said.lines().filter(line -> line.endsWith("is valid")).count() == files.size() ? "" : said;
    }

    private Path installed() throws IOException {
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(PINNED.resolve("lint").resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        String failed = findings(Tool.of(
                        List.of(node(), npm().toString(), "ci", "--silent", "--prefix", folder.toString()))
                .environment(Map.of("npm_config_cache", SLIPWAY.resolve("npm").toString())));
        if (!failed.isEmpty()) {
            throw new IOException("npm ci in " + folder + ": " + failed);
        }
        return folder.resolve("node_modules/asl-validator/dist/bin/asl-validator.js");
    }

    private String node() {
        return environments.ensure(PythonEnvironments.LINT).bin("node").toString();
    }

    private Path npm() throws IOException {
        Path node = environments.ensure(PythonEnvironments.LINT).folder();
        try (var files = Files.find(node, 10, (path, attributes) -> path.endsWith("npm/bin/npm-cli.js"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private String sam(String program) {
        return environments.ensure(PythonEnvironments.SAM).bin(program).toString();
    }

    private String findings(Tool tool) throws IOException {
        Path log = Files.createTempFile(folder, "lint", ".log");
        int code = tool.log(log).limit(Duration.ofMinutes(5)).run();
        String findings = Files.readString(log).strip();
        return code == 0 ? findings : "exit " + code + ": " + findings;
    }
}
