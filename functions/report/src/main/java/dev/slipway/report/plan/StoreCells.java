package dev.slipway.report.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.report.Badge;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A store, as texts. */
record StoreCells(
        String name,
        Badge role,
        String meaning,
        String today,
        String target,
        Optional<String> from,
        Optional<String> database,
        Optional<String> copying,
        Optional<String> settings) {

    static StoreCells of(PlannedStore store) {
        return new StoreCells(
                store.name(),
                new Badge(Words.lower(store.role()), store.role() == StoreRole.RECORD ? Badge.GOOD : Badge.PLAIN),
                Words.meaning(store.role()),
                Words.today(store),
                Words.target(store),
                store.sourceUrl().map(SourceUrl::text),
                some(store.database()),
                some(Words.copying(store)),
                settings(store.bucket()));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(said -> !said.isEmpty());
    }

    private static Optional<String> settings(BucketSettings bucket) {
        try {
            return bucket.properties().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            StrictJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(bucket));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
