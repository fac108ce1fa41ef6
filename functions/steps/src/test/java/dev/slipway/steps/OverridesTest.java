package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.spec.Spec;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
    @Test
    void overridesWhatItNamesAndNothingElse() throws JsonProcessingException {
        Spec spec = read("{\"app\":\"shop\",\"traffic\":{\"by\":25}}").apply(Spec.DEFAULT);

        assertThat(spec.traffic().weights()).containsExactly(25, 50, 75, 100);
        assertThat(spec.traffic().every()).isEqualTo(Spec.DEFAULT.traffic().every());
        assertThat(spec.stores()).isEqualTo(Spec.DEFAULT.stores());
    }

    @Test
    void overridesHowLongAWeightIsBaked() throws JsonProcessingException {
        assertThat(read("{\"app\":\"shop\",\"traffic\":{\"everySeconds\":1}}")
                        .apply(Spec.DEFAULT)
                        .traffic()
                        .every())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void leavesTheSpecWhereNothingIsOverridden() throws JsonProcessingException {
        assertThat(read("{\"app\":\"shop\",\"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID\":\"arn\"}")
                        .apply(Spec.DEFAULT))
                .isEqualTo(Spec.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"app\":\"shop\",\"trafic\":{\"by\":25}}",
                "{\"app\":\"shop\",\"traffic\":{\"By\":25}}",
                "{\"app\":\"shop\",\"traffic\":{\"by\":\"25\"}}",
                "{\"app\":7}"
            })
    void refusesWhatItDoesNotKnowInOneLine(String input) {
        assertThatThrownBy(() -> read(input))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("Tried to read the execution's input but ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void refusesAStepThatIsNoPercentage(int by) throws JsonProcessingException {
        Overrides overrides = read("{\"app\":\"shop\",\"traffic\":{\"by\":" + by + "}}");

        assertThatThrownBy(() -> overrides.apply(Spec.DEFAULT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("traffic.by is " + by);
    }

    private static Overrides read(String input) throws JsonProcessingException {
        return Overrides.read(StrictJson.mapper().readTree(input));
    }
}
