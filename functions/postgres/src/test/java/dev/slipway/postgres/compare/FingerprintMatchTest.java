package dev.slipway.postgres.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintMatchTest {
    @Test
    void findsNothingWhereBothSidesHaveTheSameInAnotherOrder() {
        assertThat(differing(
                        List.of(row(1, 10, 0), row(2, 20, 1), row(-3, 30, 2)),
                        List.of(row(-3, 30, 7), row(2, 20, 8), row(1, 10, 9))))
                .isEmpty();
    }

    @Test
    void pairsARowThatChangedAndTellsOfRowsThatOneSideLacks() {
        assertThat(differing(
                        List.of(row(1, 10, 0), row(2, 20, 1), row(3, 30, 2)),
                        List.of(row(2, 21, 5), row(3, 30, 6), row(4, 40, 7))))
                .containsExactlyInAnyOrder("0/-1", "1/5", "-1/7");
    }

    @Test
    void countsCopiesOfARowWithoutAKey() {
        assertThat(differing(
                        List.of(row(1, 1, 0), row(1, 1, 1), row(1, 1, 2), row(2, 2, 3)),
                        List.of(row(1, 1, 5), row(2, 2, 6), row(2, 2, 7))))
                .hasSize(3)
                .filteredOn(found -> found.endsWith("/-1"))
                .hasSize(2);
    }

    @Test
    void keepsTwoRowsApartWhoseKeysHaveOneText() {
        assertThat(differing(List.of(row(1, 10, 0), row(1, 11, 1)), List.of(row(1, 11, 5), row(1, 12, 6))))
                .containsExactly("0/6");
    }

    private static List<String> differing(List<Fingerprint> source, List<Fingerprint> target) {
        List<String> found = new ArrayList<>();
        new FingerprintMatch((here, there) -> found.add(here + "/" + there))
                .run(new ArrayList<>(source), new ArrayList<>(target));
        return found;
    }

    private static Fingerprint row(long key, long row, long place) {
        return new Fingerprint(key, key, row, row, place);
    }
}
