package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The role that CloudFormation makes targets with, beside what CloudFormation's own schemas say that it needs: the permissions of the
 * handlers of every type that the blueprints can make.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvisioningRoleIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BLUEPRINTS =
            Linters.ROOT.resolve("functions/blueprints/src/main/resources/dev/slipway/blueprints");
    private static final Pattern TYPE = Pattern.compile("(?m)^ +Type: (AWS::\\w+::\\w+)$");
    private static final Pattern ACTION =
            Pattern.compile("(?<=[- \\[])([a-z][a-z0-9-]+:[A-Z*][A-Za-z*]*)(?=[\\],\\n])");

    /** CloudFormation tells what reads a resource in an account, too, which it does for nobody here. */
    private static final Set<String> HANDLERS = Set.of("create", "read", "update", "delete");

    /** Types without handlers in their schemas, and services that have a name before and after. */
    private static final Set<String> UNSAID = Set.of("codebuild", "codeconnections");

    private final Map<String, Set<String>> needed = new TreeMap<>();
    private Set<String> allowed = Set.of();

    @BeforeAll
    void read() throws IOException {
        Path schemas = new PythonEnvironments(
                        Linters.ROOT.resolve(".slipway"),
                        Linters.ROOT.resolve("functions/local/src/main/account"),
                        System.getenv(),
                        System.out::println)
                .ensure(PythonEnvironments.SAM)
                .packages()
                .resolve("cfnlint/data/schemas");
        JsonNode names =
                JSON.readTree(schemas.resolve("providers/us-east-1.json").toFile());
        for (String type : types()) {
            JsonNode schema = JSON.readTree(schemas.resolve("resources")
                    .resolve(names.path(type).asText() + ".json")
                    .toFile());
            schema.path("handlers")
                    .propertyStream()
                    .filter(handler -> HANDLERS.contains(handler.getKey()))
                    .flatMap(handler -> handler.getValue().path("permissions").valueStream())
                    .forEach(permission -> needed.computeIfAbsent(action(permission.asText()), any -> new TreeSet<>())
                            .add(type));
        }
        String template = Files.readString(Linters.ROOT.resolve("template.yaml"));
        String role = template.substring(
                template.indexOf("\n  ProvisioningRole:\n"), template.indexOf("\n  MigrationMachine:\n"));
        allowed = ACTION.matcher(role)
                .results()
                .map(found -> found.group(1))
                .filter(action -> !action.startsWith("sts:"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void mayDoWhateverTheTypesOfTheBlueprintsNeed() {
        Set<String> leftOut = leftOut();
        assertThat(needed).hasSizeGreaterThan(500);
        assertThat(needed.entrySet())
                .filteredOn(permission -> !matches(permission.getKey(), leftOut))
                .allSatisfy(permission -> assertThat(matches(permission.getKey(), allowed))
                        .as("%s of %s", permission.getKey(), permission.getValue())
                        .isTrue());
    }

    @Test
    void mayDoNothingOfAServiceThatNoTypeNeeds() {
        Set<String> leftOut = leftOut();
        Set<String> services = needed.keySet().stream()
                .filter(permission -> !matches(permission, leftOut))
                .map(ProvisioningRoleIT::service)
                .collect(Collectors.toCollection(TreeSet::new));
        services.addAll(UNSAID);
        assertThat(allowed)
                .hasSizeGreaterThan(100)
                .allSatisfy(action -> assertThat(services).as(action).contains(service(action)));
    }

    /** What handlers ask for and is left out has to be asked for by one, and not to be allowed all the same. */
    @Test
    void leavesOutNothingThatNobodyAsksFor() {
        assertThat(leftOut()).allSatisfy(pattern -> {
            assertThat(needed.keySet()).anyMatch(permission -> matches(permission, Set.of(pattern)));
            assertThat(allowed).doesNotContain(pattern);
        });
    }

    private static Set<String> types() throws IOException {
        try (Stream<Path> files = Files.list(BLUEPRINTS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> TYPE.matcher(text(file)).results())
                    .map(found -> found.group(1))
                    .filter(type -> !type.equals("AWS::EC2::VPC::Id"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> leftOut() {
        return Table.rows("permissions.left-out.psv").map(row -> row.get(0)).collect(Collectors.toSet());
    }

    /** One schema writes its service with large letters. */
    private static String action(String permission) {
        return service(permission).toLowerCase(Locale.ROOT) + permission.substring(permission.indexOf(':'));
    }

    private static String service(String action) {
        return action.substring(0, action.indexOf(':'));
    }

    /** As IAM does, whatever the case. */
    private static boolean matches(String action, Set<String> patterns) {
        return patterns.stream()
                .anyMatch(pattern -> Pattern.compile(
                                Pattern.quote(pattern).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE)
                        .matcher(action)
                        .matches());
    }
}
