package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which resource types the emulated account makes, and that it makes, changes and removes them by a service's own API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(StartedAccount.Resolver.class)
final class EmulatedTypesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PINNED = Linters.ROOT.resolve("functions/local/src/main/account");
    private static final Path PLUGIN = PINNED.resolve("slipway_account");
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern ROW = Pattern.compile("Resource\\(\\s*\"(AWS::[^\"]+)\"");
    /** What the account says of a call that it has no code for; code that failed is an InternalError. */
    private static final String UNANSWERED = "InternalFailure";

    private final PythonEnvironments environments;
    private final Stacks stacks;
    private final Questions questions;

    EmulatedTypesIT(StartedAccount account) {
        this.environments = account.environments();
        this.stacks = account.stacks();
        this.questions = account.questions();
    }

    @Test
    void makesChangesAndRemovesOneOfEachType() throws IOException {
        String template = Table.text("types.template.yaml");
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
        assertThat(Table.text("types.template.yaml").lines().map(String::strip)).containsAll(rows());
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
        return Table.rowsOf(Files.readString(PLUGIN.resolve("not_emulated.psv")))
                .map(columns -> new Absent(
                        columns.get(0),
                        columns.get(1),
                        List.of(columns.get(2).split(" ", -1)),
                        List.of(columns.get(3).split(" ", -1))));
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
        assertThat(Table.rows("types.readings.psv")).allSatisfy(columns -> {
            JsonNode answer =
                    questions.ask(columns.get(0), columns.get(1), JSON.readValue(filled(columns.get(2), names), MAP));
            assertThat(answer.at(columns.get(3)).asText())
                    .as(() -> columns.get(1) + " " + columns.get(3) + " in " + answer)
                    .isEqualTo(filled(columns.get(4), names));
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
}
