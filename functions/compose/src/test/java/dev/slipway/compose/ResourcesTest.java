package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.HealthCheck;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the model writes of amounts and durations, a plan understands. */
class ResourcesTest {
    @ParameterizedTest
    @CsvSource({"0.0001, 0.0001", "'\"1e-3\"', 0.001", "1.50, 1.5", "2e1, 20"})
    void readsProcessorsHoweverTheyAreWritten(String written, double expected) {
        assertThat(service("cpus: " + written).cpus()).contains(expected);
        assertThat(service("deploy: {resources: {limits: {cpus: " + written + "}}}")
                        .cpus())
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"10µs, 0", "500ns, 0", "90s, 90", "1.5h, 5400", "1d, 86400", "2562047h, 2147483647"})
    void readsTheIntervalOfAHealthCheckInEveryUnit(String interval, int seconds) {
        AppService service = service("healthcheck: {test: [CMD, 'true'], interval: " + interval + "}");
        assertThat(service.health().map(HealthCheck::intervalSeconds)).isEqualTo(Optional.of(seconds));
    }

    @Test
    void readsADurationOfMorePartsThanTheStackHolds() {
        assertThat(service("healthcheck: {test: [CMD, 'true'], interval: " + "1s".repeat(10_000) + "}")
                        .health()
                        .map(HealthCheck::intervalSeconds))
                .contains(10_000);
    }

    private static AppService service(String key) {
        return AppFiles.readUploaded("shop", "services: {web: {image: nginx, " + key + "}}", "")
                .app()
                .services()
                .getFirst();
    }
}
