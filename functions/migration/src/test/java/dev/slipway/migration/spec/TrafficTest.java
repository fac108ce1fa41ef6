package dev.slipway.migration.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficTest {
    @Test
    void risesTenPercentAtATimeByDefault() {
        assertThat(Traffic.DEFAULT.weights()).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    }

    @Test
    void reachesOneHundredThoughTheStepDoesNotDivideIt() {
        assertThat(by(30).weights()).containsExactly(30, 60, 90, 100);
        assertThat(by(99).weights()).containsExactly(99, 100);
        assertThat(by(100).weights()).containsExactly(100);
    }

    @Test
    void everyStepRisesAndEndsAtOneHundred() {
        IntStream.rangeClosed(1, 100)
                .mapToObj(TrafficTest::by)
                .map(Traffic::weights)
                .forEach(weights -> {
                    assertThat(weights).isSorted().doesNotHaveDuplicates().endsWith(100);
                    assertThat(weights).allMatch(weight -> weight > 0 && weight <= 100);
                });
    }

    @Test
    void refusesAStepThatIsNoPercentage() {
        assertThatIllegalArgumentException().isThrownBy(() -> by(0));
        assertThatIllegalArgumentException().isThrownBy(() -> by(101));
    }

    @Test
    void keepsPathsInTheirOrder() {
        Map<String, List<String>> paths = new LinkedHashMap<>();
        List.of("z", "a", "m", "b").forEach(name -> paths.put(name, List.of("/" + name)));
        Traffic traffic = new Traffic(
                Optional.empty(),
                Optional.empty(),
                10,
                Duration.ofMinutes(5),
                1,
                Gates.DEFAULT,
                Optional.empty(),
                paths);
        assertThat(traffic.paths().keySet()).containsExactly("z", "a", "m", "b");
    }

    private static Traffic by(int percent) {
        return new Traffic(
                Optional.empty(),
                Optional.empty(),
                percent,
                Duration.ofMinutes(5),
                1,
                Gates.DEFAULT,
                Optional.empty(),
                Map.of());
    }
}
