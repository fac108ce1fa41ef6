package dev.slipway.local.demo;

import dev.slipway.migration.JsonArtifacts;
import dev.slipway.report.Report;
import dev.slipway.report.ReportHtml;
import dev.slipway.report.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches an attempt's report from the bucket and adds what only this machine saw: the visitors. */
record DemoReport(Demo demo) {

    /** Writes report.json and report.html into the run's folder, and answers the latter; the folder where there is no report. */
    Path write(MigrationWatch.Ending ending) throws IOException {
        Path folder = demo.run().folder().path();
        JsonArtifacts artifacts = demo.pipeline().artifacts();
        Optional<String> json =
                ending.row().flatMap(row -> artifacts.text(row.attempt().reportJson()));
        if (json.isEmpty()) {
            return folder;
        }
        Report report = ReportJson.read(json.get()).withTraffic(demo.visitors().seconds());
        Files.writeString(folder.resolve("report.json"), ReportJson.write(report));
        return Files.writeString(folder.resolve("report.html"), ReportHtml.render(report));
    }
}
