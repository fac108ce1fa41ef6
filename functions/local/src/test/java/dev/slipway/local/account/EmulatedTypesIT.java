package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which resource types the emulated account makes, and that it makes, changes and removes them by a service's own API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmulatedTypesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PINNED = Linters.ROOT.resolve("functions/local/src/main/account");
    private static final Path PLUGIN = PINNED.resolve("slipway_account");
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern ROW = Pattern.compile("Resource\\(\\s*\"(AWS::[^\"]+)\"");
    /** What the account says of a call that it has no code for; code that failed is an InternalError. */
    private static final String UNANSWERED = "InternalFailure";

    private PythonEnvironments environments;
    private Account account;
    private Stacks stacks;
    private Questions questions;

    @BeforeAll
    void start() throws IOException {
        Path run = Files.createDirectories(Linters.ROOT.resolve(
                ".slipway/runs/types-it-" + ProcessHandle.current().pid()));
        environments =
                new PythonEnvironments(Linters.ROOT.resolve(".slipway"), PINNED, System.getenv(), System.out::println);
        PythonEnvironment python = environments.ensure(PythonEnvironments.ACCOUNT);
        account = Account.start(AccountSettings.inCheckout(Linters.ROOT, run, python));
        stacks = new Stacks(account);
        questions = new Questions(python, account, run);
    }

    @AfterAll
    void stop() {
        questions.close();
        stacks.close();
        account.close();
    }

    @Test
    void makesChangesAndRemovesOneOfEachType() throws IOException {
        String template = resource("types.template.yaml");
        assertThat(stacks.change("types", template, Map.of()))
                .as(() -> stacks.firstFailure("types"))
                .isEqualTo("CREATE_COMPLETE");
        assertAsTold(Map.of("Word", "first", "Number", "7"));

        Map<String, String> second = Map.of("Word", "second", "Number", "14");
        assertThat(stacks.change("types", template, second))
                .as(() -> stacks.firstFailure("types"))
                .isEqualTo("UPDATE_COMPLETE");
        assertAsTold(second);

        assertThat(stacks.change("types", template, second)).isEqualTo(Stacks.UNCHANGED);
        assertThat(stacks.delete("types")).isEqualTo("DELETE_COMPLETE");
    }

    @Test
    void triesEveryRowOfItsTable() throws IOException {
        assertThat(resource("types.template.yaml").lines().map(String::strip)).containsAll(rows());
    }

    @Test
    void failsATypeThatNothingMakes() {
        String template = "{Resources: {Chat: {Type: 'AWS::Chatbot::SlackChannelConfiguration', Properties: {}}}}";
        assertThat(stacks.change("unknown", template, Map.of())).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(stacks.firstFailure("unknown"))
                .startsWith("Chat: AWS::Chatbot::SlackChannelConfiguration is made by nothing");
    }

    @Test
    void failsAnAttributeThatIsNotTold() {
        String template = """
                Resources:
                  Topic: {Type: "AWS::SNS::Topic"}
                  Word: {Type: "AWS::SSM::Parameter", Properties: {Type: String, Value: !GetAtt Topic.Colour}}
                """;
        assertThat(stacks.change("attribute", template, Map.of())).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(stacks.firstFailure("attribute")).contains("Topic.Colour");
    }

    @Test
    void failsAChangeThatItCannotMakeInsteadOfSayingThatItWasMade() {
        String template =
                "{Resources: {Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16, EnableDnsSupport: %s}}}}";
        assertThat(stacks.change("vpc", template.formatted("true"), Map.of())).isEqualTo("CREATE_COMPLETE");
        assertThat(stacks.change("vpc", template.formatted("false"), Map.of())).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(stacks.firstFailure("vpc"))
                .isEqualTo("Vpc: the emulated account cannot change AWS::EC2::VPC in its place");
    }

    @ParameterizedTest
    @MethodSource("absent")
    void hasNoApiForWhatIsOnTheList(Absent absent) {
        String[] call = absent.call().split(":", 2);
        JsonNode answer = questions.ask(call[0], call[1], Map.of());
        assertThat(answer.path("error").asText()).as(answer.toString()).isEqualTo(UNANSWERED);
    }

    /** The names that a made-up resource answers to are CloudFormation's. */
    @ParameterizedTest
    @MethodSource("absent")
    void answersAsTheSchemaOfATypeOnTheListSays(Absent absent) throws IOException {
        JsonNode schema = schema(absent.type());
        assertThat(absent.ref()).isEqualTo(properties(schema.path("primaryIdentifier")));
        assertThat(properties(schema.path("readOnlyProperties"))).containsAll(absent.attributes());
    }

    static Stream<Absent> absent() throws IOException {
        return lines(Files.readString(PLUGIN.resolve("not_emulated.psv")))
                .map(columns -> new Absent(
                        columns[0],
                        columns[1],
                        List.of(columns[2].split(" ", -1)),
                        List.of(columns[3].split(" ", -1))));
    }

    /** A line of the list of types that nothing makes. */
    record Absent(String type, String call, List<String> ref, List<String> attributes) {
        @Override
        public String toString() {
            return type;
        }
    }

    private void assertAsTold(Map<String, String> parameters) throws IOException {
        Map<String, String> names = new HashMap<>(stacks.resources("types"));
        names.putAll(parameters);
        assertThat(lines(resource("types.readings.psv"))).allSatisfy(columns -> {
            JsonNode answer = questions.ask(columns[0], columns[1], JSON.readValue(filled(columns[2], names), MAP));
            assertThat(answer.at(columns[3]).asText())
                    .as(() -> columns[1] + " " + columns[3] + " in " + answer)
                    .isEqualTo(filled(columns[4], names));
        });
    }

    private static String filled(String text, Map<String, String> names) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(names.get(place.group(1))));
    }

    private List<String> rows() throws IOException {
        try (Stream<Path> modules = Files.list(PLUGIN)) {
            return modules.filter(file -> file.getFileName().toString().startsWith("resources_"))
                    .flatMap(EmulatedTypesIT::types)
                    .toList();
        }
    }

    private static Stream<String> types(Path module) {
        try {
            return ROW.matcher(Files.readString(module)).results().map(row -> "Type: " + row.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode schema(String type) throws IOException {
        Path schemas = environments.ensure(PythonEnvironments.SAM).packages().resolve("cfnlint/data/schemas");
        String name = JSON.readTree(schemas.resolve("providers/us-east-1.json").toFile())
                .path(type)
                .asText();
        return JSON.readTree(
                schemas.resolve("resources").resolve(name + ".json").toFile());
    }

    private static List<String> properties(JsonNode pointers) {
        return pointers.valueStream()
                .map(pointer -> pointer.asText().substring("/properties/".length()))
                .toList();
    }

    private static Stream<String[]> lines(String table) {
        return table.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" \\| ", -1));
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(EmulatedTypesIT.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
