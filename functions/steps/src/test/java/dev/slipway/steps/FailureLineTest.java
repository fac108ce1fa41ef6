package dev.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureLineTest {
    private static final String DIFFER = "dev.slipway.migration.exception.StoresDiffer";

    @Test
    void keepsAPlainCause() {
        assertThat(FailureLine.of(DIFFER, "one line")).isEqualTo(new FailureLine(DIFFER, "one line"));
    }

    @Test
    void saysTheErrorWhereThereIsNoCause() {
        assertThat(FailureLine.of("States.Timeout", "").cause()).isEqualTo("States.Timeout");
    }

    @Test
    void findsTheMessageOfAFunction() {
        assertThat(FailureLine.of(
                        "Handled",
                        "{\"errorMessage\":\"one line\",\"errorType\":\"" + DIFFER + "\",\"stackTrace\":[]}"))
                .isEqualTo(new FailureLine(DIFFER, "one line"));
    }

    @Test
    void findsTheBottomOfNestedExecutions() {
        String function = "{\\\"errorMessage\\\":\\\"one line\\\",\\\"errorType\\\":\\\"" + DIFFER + "\\\"}";
        String nested = "{\"Status\":\"FAILED\",\"Error\":\"States.TaskFailed\",\"Cause\":\"" + function + "\"}";

        assertThat(FailureLine.of("States.TaskFailed", nested)).isEqualTo(new FailureLine(DIFFER, "one line"));
    }

    @Test
    void saysTheErrorOfANestedExecutionWithoutACause() {
        assertThat(FailureLine.of("States.TaskFailed", "{\"Status\":\"TIMED_OUT\",\"Error\":\"States.Timeout\"}"))
                .isEqualTo(new FailureLine("States.Timeout", "States.Timeout"));
    }

    @Test
    void keepsWhatOnlyLooksLikeADocument() {
        assertThat(FailureLine.of("E", "{not json").cause()).isEqualTo("{not json");
        assertThat(FailureLine.of("E", "{\"other\":1}").cause()).isEqualTo("{\"other\":1}");
    }

    @Test
    void namesTheErrorWithoutItsPackage() {
        assertThat(new FailureLine(DIFFER, "").simpleError()).isEqualTo("StoresDiffer");
    }
}
