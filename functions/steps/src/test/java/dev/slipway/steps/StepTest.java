package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StaleAttempt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {
    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            StepTest.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void answersWhatWasTaken() throws IOException {
        assertThat(call(new Greeting(greeting -> greeting + "!"), "{\"greeting\":\"hello\"}"))
                .isEqualTo("{\"greeting\":\"hello!\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"greting\":\"hello\"}", "{\"greeting\":null}", "{\"greeting\":7}", "", "["})
    void refusesAnInputThatIsNotItsOwn(String input) {
        assertThatThrownBy(() -> call(new Greeting(greeting -> greeting), input))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Tried to read the input of Greeting but ");
    }

    @Test
    void throwsWhatTheStepThrewUnchanged() {
        StaleAttempt stale = new StaleAttempt("greet", "somebody else did", "do nothing");
        Greeting step = new Greeting(greeting -> {
            throw stale;
        });

        assertThatThrownBy(() -> call(step, "{\"greeting\":\"hello\"}")).isSameAs(stale);
    }

    private static String call(RequestStreamHandler step, String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        step.handleRequest(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, CONTEXT);
        return out.toString(StandardCharsets.UTF_8);
    }

    record Words(@JsonProperty(required = true) String greeting) {}

    /** Answers in its own words. */
    private static final class Greeting extends Step<Words, Words> {
        private final UnaryOperator<String> answer;

        private Greeting(UnaryOperator<String> answer) {
            super(Words.class);
            this.answer = answer;
        }

        @Override
        protected Words take(Words words) {
            return new Words(answer.apply(words.greeting()));
        }
    }
}
