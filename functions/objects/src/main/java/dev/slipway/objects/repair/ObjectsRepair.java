package dev.slipway.objects.repair;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.objects.compare.ObjectsCompare;
import dev.slipway.objects.copy.Replacement;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.KeyOrder;
import dev.slipway.objects.place.ObjectPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Compares, and puts right each object that differs as soon as it is found: replaced by the source's, attributes and all, or deleted
 * where the source lists none. Then both are compared once more. S3 has no transaction, so a repair that fails has put right a part, and
 * may be run again.
 */
public final class ObjectsRepair {
    private static final int NAMED = 20;

    private final ObjectPlace source;
    private final Bucket target;
    private final Replacement replacement;
    private final Progress progress;
    private final TreeMap<String, Repair.Mended> named = new TreeMap<>(KeyOrder.INSTANCE);
    private long removed;
    private long written;

    public ObjectsRepair(ObjectPlace source, Bucket target, Replacement replacement, Progress progress) {
        this.source = source;
        this.target = target;
        this.replacement = replacement;
        this.progress = progress;
    }

    public Repair run() {
        Comparison before = new ObjectsCompare(source, target, progress, this::mend).compare();
        boolean nothing = removed + written == 0;
        return new Repair(done(), List.of(), nothing ? before : new ObjectsCompare(source, target, progress).compare());
    }

    private void mend(ObjectsCompare.Differing object) {
        try {
            boolean there = object.target().isPresent();
            boolean written = object.source().isPresent()
                    && replacement.put(object.source().get(), object.target());
            boolean delete = object.source().isEmpty() && there;
            if (delete) {
                replacement.delete(object.key());
            }
            if (written || delete) {
                note(new Repair.Mended(object.key(), there ? 1 : 0, written ? 1 : 0));
            }
        } catch (IOException | SdkException e) {
            throw new CopyFailed(
                    "repair " + object.key() + " of " + target.name(),
                    "it could not be replaced (" + e.getMessage() + ")",
                    "check the rights of these credentials and the bucket's policy, then run it again: what was put right stays",
                    e);
        }
    }

    private synchronized void note(Repair.Mended mended) {
        removed += mended.removed();
        written += mended.written();
        named.put(mended.item(), mended);
        if (named.size() > NAMED) {
            named.pollLastEntry();
        }
    }

    /** The first by name, the others as one. */
    private synchronized List<Repair.Mended> done() {
        List<Repair.Mended> done = new ArrayList<>(named.values());
        long othersRemoved =
                removed - done.stream().mapToLong(Repair.Mended::removed).sum();
        long othersWritten =
                written - done.stream().mapToLong(Repair.Mended::written).sum();
        if (othersRemoved + othersWritten > 0) {
            done.add(new Repair.Mended("others", othersRemoved, othersWritten));
        }
        return done;
    }
}
