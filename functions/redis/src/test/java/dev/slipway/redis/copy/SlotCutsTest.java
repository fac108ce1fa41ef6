package dev.slipway.redis.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.redis.copy.SlotCuts.Cut;
import dev.slipway.redis.copy.SlotCuts.Stretch;
import dev.slipway.redis.session.Slots;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotCutsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 32, 128})
    void putEachSlotOfEachServerIntoExactlyOnePart(int wanted) {
        List<Stretch> stretches = List.of(
                new Stretch(0, Slots.ALL.part(0, 5461), 1_000_000),
                new Stretch(0, Slots.ALL.part(5461, 16_000), 3),
                new Stretch(0, Slots.ALL.part(16_000, 16_384), 0));

        List<List<Cut>> parts = SlotCuts.of(stretches, wanted);

        assertThat(parts).hasSizeBetween(1, wanted).noneMatch(List::isEmpty);
        int count = parts.stream()
                .flatMap(List::stream)
                .mapToInt(cut -> cut.slots().count())
                .sum();
        long distinct = IntStream.range(0, 16_384)
                .filter(slot -> parts.stream()
                        .flatMap(List::stream)
                        .anyMatch(
                                cut -> cut.slots().and(Slots.of(List.of(slot))).count() == 1))
                .count();
        assertThat(count).isEqualTo(16_384);
        assertThat(distinct).isEqualTo(16_384);
    }

    @Test
    void cutLikeServersAlike() {
        List<Stretch> nodes = IntStream.range(0, 32)
                .mapToObj(node -> new Stretch(0, Slots.ALL.part(512 * node, 512 * (node + 1)), 31_250_000))
                .toList();

        assertThat(SlotCuts.of(nodes, 64))
                .hasSize(64)
                .allSatisfy(part -> assertThat(part)
                        .singleElement()
                        .satisfies(cut -> assertThat(cut.slots().count()).isEqualTo(256)));
    }

    @Test
    void giveSmallDatabasesOfOneServerToTheSamePart() {
        List<Stretch> databases =
                List.of(new Stretch(0, Slots.ALL, 900), new Stretch(3, Slots.ALL, 40), new Stretch(9, Slots.ALL, 60));

        List<List<Cut>> parts = SlotCuts.of(databases, 3);

        assertThat(parts.get(0)).extracting(Cut::database).containsExactly(0);
        assertThat(parts.get(1)).extracting(Cut::database).containsExactly(0);
        assertThat(parts.get(2)).extracting(Cut::database).containsExactly(0, 3, 9);
        assertThat(parts.get(2).get(1).slots()).isEqualTo(Slots.ALL);
    }

    @Test
    void areNoneOfNothing() {
        assertThat(SlotCuts.of(List.of(), 4)).isEmpty();
    }
}
