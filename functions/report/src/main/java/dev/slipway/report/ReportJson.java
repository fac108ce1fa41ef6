package dev.slipway.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.StrictJson;

/** A report as the text of {@code report.json}, and back. */
public final class ReportJson {
    private ReportJson() {}

    public static String write(Report report) {
        try {
            return StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report always has a JSON form", e);
        }
    }

    /** @throws JsonProcessingException if the text is no report, or one with a misspelt or missing field */
    public static Report read(String json) throws JsonProcessingException {
        return StrictJson.mapper().readValue(json, Report.class);
    }
}
