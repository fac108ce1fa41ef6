package dev.slipway.redis.copy;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.keys.KeyBatches;
import dev.slipway.redis.keys.OurKeys;
import java.util.List;

/** A database of a target that is ours, without what an earlier copy has left there. */
record Emptied(KeyCopy.Job job, DatabasePair pair) {

    void run() {
        KeyBatches batches = KeyBatches.ofNames(job.target(), pair.target());
        while (batches.hasNext()) {
            List<byte[]> keys =
                    batches.next().stream().filter(key -> !OurKeys.isState(key)).toList();
            job.claim().require();
            job.target()
                    .shared(pair.target())
                    .all(commands -> keys.stream().map(commands::unlink).toList());
        }
    }
}
