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

    private final Pipeline target;

    private Lanes(Pipeline target) {
        this.target = target;
    }

    /** Where keys are read, and where they are written: many at once, or by any other command. */
    record Lane(Bulk reader, Bulk writer, Pipeline source, Pipeline target) {}

    static Lanes open(RedisStore source, RedisStore target, DatabasePair pair, CopyClaim claim, int jobs) {
        // Of these there is one for all: only what is too large or too new for a DUMP goes over it.
        Pipeline from = source.shared(pair.source());
        Pipeline to = target.pipeline(pair.target(), claim.connection());
        Lanes lanes = new Lanes(to);
        try {
            for (int i = 0; i < jobs; i++) {
                lanes.lanes.add(
                        new Lane(bulk(source, pair.source(), claim), bulk(target, pair.target(), claim), from, to));
            }
            return lanes;
        } catch (RuntimeException e) {
            lanes.close();
            throw e;
        }
    }

    private static Bulk bulk(RedisStore store, int database, CopyClaim claim) {
        return store.isCluster()
                ? new ClusterBulk(store.pipeline(database))
                : new WireBulk(store, store.wire(database, claim.connection()));
    }

    /** In turn: several batches share a lane, so that it has always something to do. */
    Lane any() {
        return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
    }

    @Override
    public void close() {
        for (Lane lane : lanes) {
            lane.reader.close();
            lane.writer.close();
        }
        target.close();
    }
}
