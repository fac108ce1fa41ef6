package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyMergeTest {
    @Test
    void showsEachKeyOnceWithWhoeverHasIt() {
        List<String> rows = new ArrayList<>();
        new KeyMerge<>(named("a", "c", "\uD83D\uDE00"), named("\uFFFD"), named("a", "b", "\uFFFD"))
                .forEachRemaining(row -> rows.add(row.key() + has(row.first()) + has(row.second()) + has(row.third())));

        assertThat(rows).containsExactly("a+-+", "b--+", "c+--", "\uFFFD-++", "\uD83D\uDE00+--");
    }

    private static String has(Optional<Name> name) {
        return name.isPresent() ? "+" : "-";
    }

    private static Iterator<Name> named(String... keys) {
        return Stream.of(keys).map(Name::new).iterator();
    }

    private record Name(String key) implements Keyed {}
}
