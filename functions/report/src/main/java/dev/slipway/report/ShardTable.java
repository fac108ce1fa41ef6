package dev.slipway.report;

import dev.slipway.migration.StoreKind;
import java.util.Comparator;
import java.util.List;

/** The shards of one store, the slowest first. */
record ShardTable(String summary, String noun, List<Row> rows) {

    static ShardTable of(StoreKind kind, ShardsReport shards) {
        String slowest = shards.shards().stream()
                .map(ShardsReport.Shard::seconds)
                .max(Comparator.naturalOrder())
                .map(it -> ", the slowest took " + Units.duration(it))
                .orElse("");
        return new ShardTable(
                Units.count(shards.shards().size()) + " shards" + slowest,
                Units.noun(kind, 2),
                shards.shards().stream()
                        .sorted(Comparator.comparingDouble(ShardsReport.Shard::seconds)
                                .reversed())
                        .map(Row::of)
                        .toList());
    }

    /** One shard. */
    record Row(String name, String items, String bytes, String took, String workers) {
        static Row of(ShardsReport.Shard shard) {
            return new Row(
                    shard.name(),
                    Units.count(shard.items()),
                    Units.bytes(shard.bytes()),
                    Units.duration(shard.seconds()),
                    Units.count(shard.workers()));
        }
    }
}
