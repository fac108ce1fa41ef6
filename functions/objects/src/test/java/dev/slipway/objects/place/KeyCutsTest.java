package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCutsTest {
    /** Foldered, flat with a long common beginning, with letters at the edges of Unicode's planes, one key, none. */
    static Stream<List<String>> keys() {
        return Stream.of(
                IntStream.range(0, 900).mapToObj(i -> "a/" + i % 30 + "/" + i).toList(),
                IntStream.range(0, 900).mapToObj(i -> "photos/img-" + i).toList(),
                IntStream.range(0, 40)
                        .mapToObj(i -> Character.toString(0xD7F0 + (i < 16 ? i : i + 0x800)) + "/x")
                        .toList(),
                List.of("\uDBFF\uDFFF/\uDBFF\uDFFF", "/", "//", "/a", "\u0001", "\uFFFD", "\uD83D\uDE00", "z/"),
                List.of("one"),
                List.of("", "one", "two"),
                List.of());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void putEachKeyInExactlyOneRangeAndAskLittle(List<String> keys) {
        Keys place = new Keys(keys);

        List<KeyRange> ranges = new KeyCuts(place, 8).ranges();

        assertThat(ranges).hasSizeLessThanOrEqualTo(8);
        List<String> listed = new ArrayList<>();
        ranges.forEach(range -> place.keys.stream().filter(range::contains).forEach(listed::add));
        assertThat(listed).containsExactlyElementsOf(place.keys);
        assertThat(place.questions).isLessThanOrEqualTo(64);
        if (keys.size() == 900) {
            assertThat(ranges).hasSize(8);
        }
    }

    @Test
    void cutsKeysThatLieSideBySideWhereTheyAre() {
        List<String> keys = IntStream.range(0, 9).mapToObj(i -> "flat-" + i).toList();

        assertThat(shares(keys, 3)).containsExactly(3, 3, 3);
    }

    @Test
    void doesNotTakeTheKeysBesideAFolderForMoreThanWhatIsInIt() {
        List<String> keys = Stream.concat(
                        IntStream.range(0, 8).mapToObj(i -> "note-" + i),
                        IntStream.range(0, 10_000).mapToObj("data/%04d"::formatted))
                .toList();

        assertThat(shares(keys, 8)).hasSize(8).allMatch(share -> share <= 4_000);
    }

    @Test
    void cutsNoPartOfTheKeysFinerThanTheOthers() {
        List<String> keys = IntStream.range(0, 1 << 16)
                .mapToObj("%04x-of-a-hash"::formatted)
                .toList();

        assertThat(shares(keys, 128)).hasSize(128).allMatch(share -> share <= 2 * (1 << 16) / 128);
    }

    @Test
    void cutsBehindALongBeginningThatAllKeysHave() {
        List<String> keys = IntStream.range(0, 20_000)
                .mapToObj("all/of/them/begin-like-this-%05d"::formatted)
                .toList();

        assertThat(shares(keys, 128)).hasSizeGreaterThan(90).allMatch(share -> share <= 400);
    }

    /** How many keys each range has. */
    private static List<Integer> shares(List<String> keys, int wanted) {
        Keys place = new Keys(keys);
        return new KeyCuts(place, wanted)
                .ranges().stream()
                        .map(range -> Math.toIntExact(
                                place.keys.stream().filter(range::contains).count()))
                        .toList();
    }

    /** A place that answers like S3, with pages of ten. */
    private static final class Keys implements KeyLevels {
        private final TreeSet<String> keys = new TreeSet<>(KeyOrder.INSTANCE);
        private int questions;

        Keys(List<String> keys) {
            this.keys.addAll(keys);
        }

        @Override
        public KeyLevel level(String prefix) {
            questions++;
            List<String> below = keys.stream()
                    .filter(key -> key.startsWith(prefix))
                    .map(key -> key.substring(0, end(key, prefix.length())))
                    .distinct()
                    .toList();
            List<String> page = below.stream().limit(10).toList();
            return new KeyLevel(
                    page.stream().filter(key -> key.endsWith("/")).toList(),
                    page.stream().filter(key -> !key.endsWith("/")).toList(),
                    below.size() <= 10);
        }

        private static int end(String key, int from) {
            int slash = key.indexOf('/', from);
            return slash < 0 ? key.length() : slash + 1;
        }

        @Override
        public Optional<String> firstAfter(String key) {
            questions++;
            return Optional.ofNullable(keys.higher(key));
        }
    }
}
