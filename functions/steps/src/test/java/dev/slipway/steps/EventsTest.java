package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.StrictJson;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of what each function is called with. */
class EventsTest {
    @TestFactory
    Stream<DynamicTest> readsEachExampleAsItsStepDoes() {
        return Checkout.events("steps").entrySet().stream()
                .map(event -> DynamicTest.dynamicTest(
                        event.getKey(),
                        () -> assertThat(StrictJson.mapper()
                                        .treeToValue(event.getValue(), Inputs.of(step(event.getKey()))))
                                .isNotNull()));
    }

    @TestFactory
    Stream<DynamicTest> refusesEachFieldWhenItIsMisspelt() {
        return Checkout.events("steps").entrySet().stream()
                .filter(event -> !step(event.getKey()).equals("TaskStopped"))
                .flatMap(event -> event.getValue().properties().stream()
                        .map(field -> DynamicTest.dynamicTest(
                                event.getKey() + ": " + field.getKey(), () -> refuses(event, field.getKey()))));
    }

    @Test
    void givesAnExampleForEveryFunctionAndForNothingElse() {
        assertThat(Checkout.events("steps").keySet().stream()
                        .map(EventsTest::step)
                        .collect(Collectors.toSet()))
                .isEqualTo(Checkout.resources("AWS::Serverless::Function").keySet());
    }

    private static void refuses(Map.Entry<String, JsonNode> event, String field) {
        ObjectNode misspelt = event.getValue().deepCopy();
        misspelt.set(field + "s", misspelt.remove(field));
        Class<?> type = Inputs.of(step(event.getKey()));
        assertThatThrownBy(() -> StrictJson.mapper().treeToValue(misspelt, type))
                .isInstanceOf(JsonMappingException.class);
    }

    private static String step(String file) {
        return file.substring(0, file.indexOf('.'));
    }
}
