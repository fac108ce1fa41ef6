package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"complete", "rolled-back", "rolled-back-early"})
    void readsWhatItWrote(String example) throws JsonProcessingException {
        Report report = Examples.report(example);
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void writesWhatWasNotReachedAsNullAndNeverAsZero() {
        assertThat(ReportJson.write(Examples.report("rolled-back-early")))
                .contains("\"copy\" : null", "\"compare\" : null", "\"fence\" : null", "\"execution\" : null")
                .contains("\"started\" : \"2026-11-21T09:12:04.137Z\"");
    }

    @Test
    void refusesAMisspeltField() {
        String misspelt = Examples.json("complete").replace("\"attempt\"", "\"atempt\"");
        assertThatThrownBy(() -> ReportJson.read(misspelt)).isInstanceOf(JsonProcessingException.class);
    }
}
