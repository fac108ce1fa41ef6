package dev.slipway.postgres;

import static dev.slipway.postgres.Databases.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Progress;
import dev.slipway.migration.SourceDigests;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a copy read of the source counts in a comparison, for as long as nothing could be written. */
class PostgresKnownDigestsIT extends WithDatabases {
    private static final FenceToken TOKEN = new FenceToken("shop", 1);
    private final PostgresEngine engine = new PostgresEngine(PostgresTools.find(System.getenv()));
    private StoreUrl source;
    private StoreUrl target;
    private SourceDigests read;

    @BeforeEach
    void copy() {
        source = databases.nasty();
        target = databases.managed();
        engine.fence(source, TOKEN);
        read = ((CopyOutcome.Copied) engine.copy(source, target, TOKEN, Progress.SILENT))
                .digests()
                .orElseThrow();
    }

    @Test
    void areThoseOfTheRowsThemselves() {
        assertThat(engine.compare(source, target, Optional.of(read), Progress.SILENT))
                .isInstanceOf(Comparison.Same.class)
                .isEqualTo(engine.compare(source, target, Progress.SILENT));
    }

    @Test
    void countAgainstATargetThatHasChanged() {
        run(target, "DELETE FROM reading WHERE id = 17");
        assertThat(engine.compare(source, target, Optional.of(read), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(different.first())
                                .singleElement()
                                .satisfies(found -> assertThat(found.item()).startsWith("public.reading id=17")));
    }

    @Test
    void areTakenInPlaceOfTheRowsOfTheSource() {
        SourceDigests other = new SourceDigests(
                read.ground(),
                read.parts().stream()
                        .filter(part -> part.name().equals("\"public\".\"team\""))
                        .map(part -> new SourceDigests.Part(
                                part.name(), part.format(), part.rows() + 1, part.bytes(), part.digest()))
                        .toList());
        long rows = items(engine.compare(source, target, Optional.of(other), Progress.SILENT));
        assertThat(rows)
                .as("a digest that is another sends the comparison to the rows")
                .isEqualTo(items(engine.compare(source, target, Progress.SILENT)) + 1);
    }

    @Test
    void countNoMoreOnceTheFenceWasLifted() {
        engine.unfence(source, TOKEN);
        run(source, "UPDATE team SET title = 'green' WHERE id = 2");
        engine.fence(source, new FenceToken("shop", 2));
        assertThat(engine.compare(source, target, Optional.of(read), Progress.SILENT))
                .isInstanceOf(Comparison.Different.class);
    }

    @Test
    void areOfATablesPartsTogetherAndOfNoTableWithComputedColumns() {
        assertThat(read.parts())
                .extracting(SourceDigests.Part::name)
                .doesNotHaveDuplicates()
                .contains("\"public\".\"person\"");
        run(target, "ALTER TABLE person ALTER loud DROP EXPRESSION");
        run(target, "ALTER TABLE person DISABLE TRIGGER USER; UPDATE person SET loud = 'WRONG' WHERE id = 3");
        assertThat(engine.compare(source, target, Optional.of(read), Progress.SILENT))
                .isInstanceOfSatisfying(
                        Comparison.Different.class,
                        different -> assertThat(List.copyOf(different.first()))
                                .anySatisfy(found -> assertThat(found.detail()).isEqualTo("different in loud")));
    }

    private static long items(Comparison comparison) {
        return ((Comparison.Same) comparison).items();
    }
}
