package dev.slipway.redis.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChangedKeysTest {
    private final ChangedKeys changed = new ChangedKeys(3);

    @Test
    void tellsEachNameOnceAndForgetsWhatWasTaken() {
        add("a", "b", "a");
        assertThat(changed.count()).isEqualTo(2);
        assertThat(changed.take()).extracting(ChangedKeysTest::text).containsExactlyInAnyOrder("a", "b");
        assertThat(changed.take()).isEmpty();
        add("a");
        assertThat(changed.take()).extracting(ChangedKeysTest::text).containsExactly("a");
    }

    @Test
    void takesEveryKeyForChangedWhereThereAreTooMany() {
        add("a", "b", "c");
        assertThat(changed.whyAll()).isEmpty();
        add("d");
        assertThat(changed.whyAll()).contains("more than 3 keys were changed");
        add("e");
        assertThat(changed.take()).isEmpty();
        changed.addAll("another reason");
        assertThat(changed.whyAll()).contains("more than 3 keys were changed");
    }

    @Test
    void leavesOutWhatIsOurs() {
        changed.add(OurKeys.stream());
        changed.add(OurKeys.claim());
        assertThat(changed.count()).isZero();
    }

    private void add(String... names) {
        for (String name : names) {
            changed.add(name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }
}
