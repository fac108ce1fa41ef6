package dev.slipway.objects.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.KeyRange;
import dev.slipway.objects.place.Listing;
import dev.slipway.objects.place.ObjectChanged;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.session.Crc64;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectCompareTest {
    private static final Item ITEM = new Item("key", 5, "1", "");

    private final Fake source = new Fake();
    private final Fake target = new Fake();

    @Test
    void readsBothWhereNeitherAnswersForItsChecksum() {
        source.checksum = Optional.of("equal");
        target.checksum = Optional.of("equal");
        target.content = "hellO";
        assertThat(new ObjectCompare(source, false, target, false).compare(ITEM, ITEM))
                .isInstanceOfSatisfying(
                        Verdict.Different.class,
                        different -> assertThat(different.detail()).startsWith("CRC64NVME "));
    }

    @Test
    void readsNeitherWhereBothAnswer() {
        source.checksum = Optional.of("a");
        target.checksum = Optional.of("a");
        ObjectCompare compare = new ObjectCompare(source, true, target, true);
        assertThat(compare.compare(ITEM, ITEM)).isInstanceOf(Verdict.Same.class);
        target.checksum = Optional.of("b");
        assertThat(compare.compare(ITEM, ITEM))
                .isEqualTo(new Verdict.Different("CRC64NVME a on the source and b on the target"));
        assertThat(source.opened + target.opened).isZero();
    }

    @Test
    void readsTheSideAloneThatDoesNotAnswer() {
        source.checksum = Optional.of("not asked for");
        target.checksum = Optional.of(Crc64.of("hello".getBytes(UTF_8)));
        ObjectCompare compare = new ObjectCompare(source, false, target, true);
        assertThat(compare.compare(ITEM, ITEM)).isInstanceOf(Verdict.Same.class);
        assertThat(source.opened).isEqualTo(1);
        assertThat(target.opened).isZero();
        source.content = "hellO";
        assertThat(compare.compare(ITEM, ITEM)).isInstanceOf(Verdict.Different.class);
    }

    @Test
    void readsBothWhereWhoAnswersHoldsNone() {
        assertThat(new ObjectCompare(source, false, target, true).compare(ITEM, ITEM))
                .isInstanceOf(Verdict.Same.class);
        assertThat(source.opened).isEqualTo(1);
        assertThat(target.opened).isEqualTo(1);
    }

    @Test
    void looksAgainAtWhatWasChangedMeanwhile() {
        source.content = "older";
        source.onOpen = () -> {
            source.stamp = "2";
            source.content = "hello";
            source.onOpen = () -> {};
        };
        assertThat(compare()).isInstanceOf(Verdict.Same.class);
        assertThat(source.opened).isEqualTo(2);
    }

    @Test
    void doesNotTakeAFileForTheSameThatWasWrittenWhileItWasRead() {
        source.onOpen = () -> source.stamp += "x";
        assertThat(compare()).isEqualTo(new Verdict.Unknown("it was changed each time that it was read"));
        assertThat(source.opened).isEqualTo(3);
    }

    @Test
    void doesNotTakeForTheSameWhatNeitherSideGives() {
        target.gone = true;
        assertThat(compare()).isEqualTo(new Verdict.Different("listed, but not to be found on the target any more"));
        source.gone = true;
        assertThat(compare()).isEqualTo(new Verdict.Unknown("both sides list it, and neither knows it by that name"));
    }

    @Test
    void readsAgainWhatBrokeOffAndGivesUpWhereThatGoesOn() {
        source.broken = 2;
        assertThat(compare()).isInstanceOf(Verdict.Same.class);
        source.broken = 3;
        assertThatThrownBy(this::compare).isInstanceOf(StoreUnreachable.class).hasMessageContaining("broke off");
    }

    private Verdict compare() {
        return new ObjectCompare(source, false, target, false).compare(ITEM, ITEM);
    }

    /** A place with one object. */
    private static final class Fake implements ObjectPlace {
        private boolean gone;
        private String content = "hello";
        private String stamp = "1";
        private Optional<String> checksum = Optional.empty();
        private Runnable onOpen = () -> {};
        private int opened;
        private int broken;

        @Override
        public Opened open(Item item) throws IOException {
            if (gone || !isUnchanged(item)) {
                throw new ObjectChanged(item);
            }
            opened++;
            if (broken-- > 0) {
                throw new IOException("the answer broke off");
            }
            Opened read = new Opened(Headers.of("text/plain"), new ByteArrayInputStream(content.getBytes(UTF_8)));
            onOpen.run();
            return read;
        }

        @Override
        public Known know(Item item) {
            return new Known(Headers.of("text/plain"), checksum);
        }

        @Override
        public Optional<Item> find(String key) {
            return gone ? Optional.empty() : Optional.of(new Item(key, content.length(), stamp, ""));
        }

        @Override
        public boolean lists(String key) {
            return !gone;
        }

        @Override
        public Listing list(KeyRange range) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<KeyRange> cut(int wanted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(Item item, long from, long bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String name() {
            return "fake";
        }
    }
}
