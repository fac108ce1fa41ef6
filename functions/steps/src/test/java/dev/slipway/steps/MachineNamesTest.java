package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.exception.SlipwayException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the machines, template.yaml and the classes call by name, and nothing but a running account would miss. */
class MachineNamesTest {
    private static final Pattern OUR_ERROR = Pattern.compile("dev\\.slipway\\.[A-Za-z.]+[A-Za-z]");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{(\\w+)}");
    private static final Set<String> AT_WORK = Set.of("Task", "Map", "Parallel", "Wait");

    @Test
    void namesOnlyErrorsThatAreClasses() {
        Checkout.machines()
                .forEach((machine, text) -> OUR_ERROR
                        .matcher(text)
                        .results()
                        .forEach(name -> assertThatCode(
                                        () -> Class.forName(name.group()).asSubclass(SlipwayException.class))
                                .as("%s in %s", name.group(), machine)
                                .doesNotThrowAnyException()));
    }

    @Test
    void failsWithErrorsOfItsOwnOnly() {
        assertThat(states(state -> state.path("Type").asText().equals("Fail")))
                .allSatisfy((name, state) -> assertThat(state.path("Error").asText())
                        .matches("\\{% .* %}|dev\\.slipway\\.migration\\.exception\\.[A-Z]\\w+"));
    }

    @Test
    void isGivenEachNameItSubstitutesAndNoOther() {
        Map<String, Set<String>> used = new TreeMap<>();
        Checkout.machines().forEach((machine, text) -> used.put("statemachine/" + machine + ".asl.yaml", group(text)));
        Map<String, Set<String>> given = Checkout.resources("AWS::Serverless::StateMachine").values().stream()
                .map(resource -> resource.path("Properties"))
                .collect(Collectors.toMap(
                        machine -> machine.path("DefinitionUri").asText(),
                        machine -> fields(machine.path("DefinitionSubstitutions"))));
        assertThat(given).isEqualTo(used);
    }

    @Test
    void boundsEveryTaskInTime() {
        assertThat(tasks())
                .allSatisfy((name, task) ->
                        assertThat(task.has("TimeoutSeconds")).as(name).isTrue());
    }

    @Test
    void hearsTheHeartOfWhateverAnswersAToken() {
        assertThat(states(state -> state.path("Resource").asText().endsWith(".waitForTaskToken")))
                .isNotEmpty()
                .allSatisfy((name, task) ->
                        assertThat(task.has("HeartbeatSeconds")).as(name).isTrue());
    }

    @Test
    void catchesEverythingOnlyToRollBackAndNeverTriesEverythingAgain() {
        tasks().forEach((name, task) -> {
            assertThat(StreamSupport.stream(task.path("Catch").spliterator(), false)
                            .filter(MachineNamesTest::takesAll)
                            .map(handler -> handler.path("Next").asText()))
                    .as(name)
                    .allMatch("Roll back"::equals);
            assertThat(StreamSupport.stream(task.path("Retry").spliterator(), false))
                    .as(name)
                    .noneMatch(MachineNamesTest::takesAll);
        });
    }

    /** As Step Functions names it where a function's process was killed, or took too long; a rollback ended by that, and nothing went on with it. */
    @Test
    void takesAStepAgainWhoseProcessDied() {
        assertThat(states(state -> state.path("Resource").asText().endsWith(":lambda:invoke")))
                .isNotEmpty()
                .allSatisfy((name, task) -> assertThat(task.path("Retry").toString())
                        .as(name)
                        .contains("Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout"));
    }

    @Test
    void saysOfEveryStateAtWorkWhatItIsFor() {
        assertThat(states(state -> AT_WORK.contains(state.path("Type").asText())))
                .allSatisfy((name, state) ->
                        assertThat(state.path("Comment").asText()).as(name).isNotBlank());
    }

    @Test
    void callsEachFunctionAsItsClassIsCalled() {
        Checkout.resources("AWS::Serverless::Function").forEach((name, function) -> {
            String handler = function.path("Properties").path("Handler").asText();
            assertThat(handler).isEqualTo(Step.class.getPackageName() + "." + name);
            assertThatCode(() -> Class.forName(handler).asSubclass(Step.class).getConstructor())
                    .as(handler)
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void callsEachFunctionWithTheFieldsItReads() {
        assertThat(states(state -> state.path("Arguments").path("Payload").isObject()))
                .isNotEmpty()
                .allSatisfy((name, state) -> {
                    Set<String> given = fields(state.path("Arguments").path("Payload"));
                    RecordComponent[] wanted = Inputs.of(function(state)).getRecordComponents();
                    assertThat(Arrays.stream(wanted).map(RecordComponent::getName))
                            .as(name)
                            .containsAll(given);
                    assertThat(given)
                            .as(name)
                            .containsAll(Arrays.stream(wanted)
                                    .filter(component -> component.getType() != Optional.class)
                                    .map(RecordComponent::getName)
                                    .toList());
                });
    }

    private static String function(JsonNode state) {
        return group(state.path("Arguments").path("FunctionName").asText())
                .iterator()
                .next();
    }

    private static boolean takesAll(JsonNode handler) {
        return StreamSupport.stream(handler.path("ErrorEquals").spliterator(), false)
                .anyMatch(error -> error.asText().equals("States.ALL"));
    }

    private static Map<String, JsonNode> tasks() {
        return states(state -> state.path("Type").asText().equals("Task"));
    }

    private static Map<String, JsonNode> states(java.util.function.Predicate<JsonNode> which) {
        Map<String, JsonNode> states = new TreeMap<>();
        Checkout.machines()
                .keySet()
                .forEach(machine -> Checkout.states(machine).entrySet().stream()
                        .filter(state -> which.test(state.getValue()))
                        .forEach(state -> states.put(machine + ": " + state.getKey(), state.getValue())));
        return states;
    }

    private static Set<String> group(String text) {
        return SUBSTITUTION.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> fields(JsonNode object) {
        return Stream.of(object)
                .flatMap(node -> node.properties().stream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
