package dev.slipway.redis.copy;

import dev.slipway.redis.keys.DatabasePair;
import dev.slipway.redis.session.Pipeline;
import dev.slipway.redis.session.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to a database of the source, as many as may read it, each with one to the target. */
final class Lanes implements AutoCloseable {
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private Lanes() {}

    /** Where a batch is read, and where it is written. */
    record Lane(Pipeline source, Pipeline target) {}

    static Lanes open(RedisStore source, RedisStore target, DatabasePair pair, CopyClaim claim, int jobs) {
        Lanes lanes = new Lanes();
        try {
            for (int i = 0; i < jobs; i++) {
                lanes.lanes.add(
                        new Lane(source.pipeline(pair.source()), target.pipeline(pair.target(), claim.connection())));
            }
            return lanes;
        } catch (RuntimeException e) {
            lanes.close();
            throw e;
        }
    }

    /** In turn: several batches share a lane, so that it has always something to do. */
    Lane any() {
        return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
    }

    @Override
    public void close() {
        for (Lane lane : lanes) {
            lane.source.close();
            lane.target.close();
        }
    }
}
