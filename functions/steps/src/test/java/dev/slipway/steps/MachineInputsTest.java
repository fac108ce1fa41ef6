package dev.slipway.steps;

import static com.dashjoin.jsonata.Jsonata.jsonata;
import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether each machine finds in its input what it reads, in the examples and where another machine starts it. */
class MachineInputsTest {
    private static final String STARTED_BY = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";
    private static final Set<String> NESTED = Set.of("stores", "shards", "until-done", "shift", "hold");
    private static final Pattern READ = Pattern.compile("Execution\\.Input\\.(\\w+)");
    private static final Pattern READ_AT_THE_START = Pattern.compile("\\$states\\.input\\.(\\w+)");

    @Test
    void givesAnExampleForEveryMachine() {
        Set<String> machines = Checkout.machines().keySet();
        assertThat(Checkout.events("machines").keySet())
                .allSatisfy(file -> assertThat(machines).anyMatch(file::startsWith));
        assertThat(machines)
                .allSatisfy(machine -> assertThat(Checkout.events("machines")).containsKey(machine + ".json"));
    }

    @TestFactory
    Stream<DynamicTest> givesANestedMachineWhatItReadsAndNothingElse() {
        return NESTED.stream()
                .map(machine -> DynamicTest.dynamicTest(
                        machine,
                        () -> assertThat(names(event(machine + ".json"))).isEqualTo(reads(machine))));
    }

    @TestFactory
    Stream<DynamicTest> startsANestedMachineWithWhatItReadsAndNothingElse() {
        return Stream.of("migration", "rollback", "rotation", "stores", "takedown", "hold")
                .flatMap(caller -> Checkout.states(caller).entrySet().stream())
                .filter(state -> NESTED.contains(started(state.getValue())))
                .map(state -> DynamicTest.dynamicTest(state.getKey(), () -> {
                    Set<String> given = names(state.getValue().path("Arguments").path("Input"));
                    given.remove(STARTED_BY);
                    assertThat(given).isEqualTo(reads(started(state.getValue())));
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migration.json", "migration-overrides.json"})
    void takesAnInputThatNamesAnApp(String file) throws Exception {
        assertThat(evaluate(condition("migration"), event(file))).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "\"crp-preschool\"", "{\"app\":7}", "{\"app\":\"Crp\"}", "{\"app\":\"a/../b\"}"})
    void refusesAnInputThatNamesNone(String input) throws Exception {
        assertThat(evaluate(condition("migration"), StrictJson.mapper().readTree(input)))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"takedown.json", "takedown-delete.json"})
    void takesDownWhatAnInputNames(String file) throws Exception {
        assertThat(evaluate(condition("takedown"), event(file))).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"app\":\"shop\",\"stores\":true}", "{\"app\":\"shop\",\"stores\":\"Delete\"}"})
    void takesNothingDownForAnotherWord(String input) throws Exception {
        assertThat(evaluate(condition("takedown"), StrictJson.mapper().readTree(input)))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"migration.json", "migration-overrides.json"})
    void readsTheOverridesOfAnExample(String file) {
        assertThat(Overrides.read(event(file)).app()).isEqualTo("crp-preschool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback.json", "rollback-from-catch.json", "rollback-from-rule.json"})
    void findsTheAppInEachKindOfRollback(String file) throws Exception {
        assertThat((Map<?, ?>) evaluate(request(), event(file)))
                .extracting("app", "execution")
                .containsExactly(
                        "crp-preschool",
                        file.equals("rollback.json")
                                ? ""
                                : "arn:aws:states:us-east-1:123456789012:execution:slipway-migration:"
                                        + "0a6f1f2e-5a6b-4c0d-9d3e-6d1b2c3d4e5f");
    }

    private static JsonNode event(String file) {
        return Checkout.events("machines")
                .getOrDefault(file, StrictJson.mapper().missingNode());
    }

    private static String condition(String machine) {
        return Checkout.start(machine).path("Choices").path(0).path("Condition").asText();
    }

    private static String request() {
        return Checkout.start("rollback").path("Assign").path("request").asText();
    }

    private static Object evaluate(String braced, JsonNode input) throws Exception {
        Jsonata expression = jsonata(braced.substring(2, braced.length() - 2));
        Jsonata.Frame frame = expression.createFrame();
        frame.bind("states", Map.of("input", StrictJson.mapper().treeToValue(input, Object.class)));
        expression.registerFunction("parse", (String text) -> parse(text));
        return expression.evaluate(null, frame);
    }

    private static Object parse(String text) {
        try {
            return StrictJson.mapper().readValue(text, Object.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** StoresMachine, UntilDoneMachine, …: the substitution names the machine. */
    private static String started(JsonNode state) {
        return switch (state.path("Arguments").path("StateMachineArn").asText()) {
            case "${StoresMachine}" -> "stores";
            case "${ShardsMachine}" -> "shards";
            case "${UntilDoneMachine}" -> "until-done";
            case "${ShiftMachine}" -> "shift";
            default -> "";
        };
    }

    private static Set<String> reads(String machine) {
        String text = Checkout.machines().getOrDefault(machine, "");
        JsonNode start = Checkout.start(machine);
        List<String> first = List.of(
                start.path("Items").toString(), start.path("ItemSelector").toString());
        return Stream.concat(
                        READ.matcher(text).results(),
                        first.stream()
                                .flatMap(part -> READ_AT_THE_START.matcher(part).results()))
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }
}
