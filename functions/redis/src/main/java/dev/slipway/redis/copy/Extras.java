package dev.slipway.redis.copy;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.OurKeys;
import io.lettuce.core.RedisFuture;
import java.util.List;

/** What the target has and the source has not: left over from an earlier call, deleted or expired since. */
record Extras(KeyCopy.Job job, DatabasePair pair) {

    void remove(Lanes lanes, BoundedTasks tasks) {
        KeyBatches batches = KeyBatches.ofNames(job.target(), pair.target());
        while (batches.hasNext()) {
            List<byte[]> keys =
                    batches.next().stream().filter(key -> !OurKeys.isState(key)).toList();
            tasks.run(() -> remove(lanes.any(), keys));
        }
        tasks.await();
    }

    private void remove(Lanes.Lane lane, List<byte[]> keys) {
        List<byte[]> extras = pair.absent(job.source(), keys);
        if (!extras.isEmpty()) {
            job.claim().require();
            List<RedisFuture<Long>> removed = lane.target()
                    .together(commands -> extras.stream().map(commands::unlink).toList());
            removed.forEach(answer -> job.tally().removed(lane.target().await(answer)));
        }
    }
}
