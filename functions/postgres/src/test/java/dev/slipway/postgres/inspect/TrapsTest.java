package dev.slipway.postgres.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrapsTest {
    private final Traps traps = new Traps();

    @Test
    void oneSubjectIsNamedAndTheSentenceIsInTheSingular() {
        traps.add(unlogged("t"));
        assertThat(traps.findings())
                .containsExactly(Finding.warning("table t", "is unlogged: make it permanent if it matters"));
        assertThat(traps.counted()).isEmpty();
    }

    @Test
    void onlyItsOwnDotsBecomeAnEllipsis() {
        traps.add(new Trap(Severity.WARNING, "database", "db", "is a...b's", "ALTER DATABASE {...} OWNER TO a...b"));
        assertThat(traps.findings())
                .containsExactly(Finding.warning("database db", "is a...b's: ALTER DATABASE … OWNER TO a...b"));
    }

    @Test
    void manyOfAKindBecomeOneLineThatNamesTheFirst() {
        IntStream.rangeClosed(1, 1037).forEach(i -> traps.add(unlogged(String.format(Locale.ROOT, "t%04d", i))));
        assertThat(traps.findings())
                .containsExactly(Finding.warning(
                        "1,037 tables",
                        "are unlogged (t0001, t0002, t0003 and 1,034 more): make them permanent if they matter"));
        assertThat(traps.counted().get("1,037 tables are unlogged")).hasSize(1037);
    }

    @Test
    void whatStopsTheRunStandsFirst() {
        traps.add(unlogged("t"));
        traps.add(new Trap(Severity.BLOCKER, "index", "i", "is broken", "mend {it|them}"));
        traps.add(new Trap(Severity.BLOCKER, "index", "j", "is broken", "mend {it|them}"));
        assertThat(traps.findings()).extracting(Finding::subject).isEqualTo(List.of("2 indexes", "table t"));
    }

    @Test
    void theSameIsSaidOnce() {
        traps.add(unlogged("t"));
        traps.add(unlogged("t"));
        assertThat(traps.findings()).hasSize(1);
    }

    @Test
    void amountsAreWrittenForAPerson() {
        assertThat(Trap.amounts("keeps {1234567 B} in {1 slot} or {2 index}"))
                .isEqualTo("keeps 1.2 MB in 1 slot or 2 indexes");
    }

    private static Trap unlogged(String table) {
        return new Trap(
                Severity.WARNING,
                "table",
                table,
                "{is|are} unlogged",
                "make {it|them} permanent if {it matters|they matter}");
    }
}
