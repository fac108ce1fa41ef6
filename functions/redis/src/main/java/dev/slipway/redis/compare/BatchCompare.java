package dev.slipway.redis.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.UnorderedDump;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares many keys by few questions: by what DUMP gives where both servers write the same version, otherwise by whole values. It
 * only ever finds that keys are the same. Whatever is not plainly so, and what is large, is compared by itself, which also says how
 * it differs.
 */
final class BatchCompare {
    private final KeySide source;
    private final KeySide target;
    private final Duration tolerance;
    private final WholeCompare whole;
    private final KeyCompare single;
    private final BoundedTasks tasks;
    private final Findings findings;
    /** Until a dump of each side was seen whose versions differ: then no two dumps are ever the same. */
    private volatile boolean dumpsAlike = true;

    BatchCompare(
            KeySide source,
            KeySide target,
            Duration tolerance,
            KeyCompare single,
            BoundedTasks tasks,
            Findings findings) {
        this.source = source;
        this.target = target;
        this.tolerance = tolerance;
        this.whole = new WholeCompare(source, target);
        this.single = single;
        this.tasks = tasks;
        this.findings = findings;
    }

    void compare(List<byte[]> keys) {
        AlikeKeys alike = AlikeKeys.of(source, target, tolerance, keys);
        alike.gone().forEach(key -> findings.gone(source.database(), key));
        alike.unlike().forEach(this::byTheirOwn);
        alike.large().forEach(this::byTheirOwn);
        alike.groups().forEach(this::compareValues);
    }

    private void byTheirOwn(byte[] key) {
        tasks.run(() -> single.compare(key));
    }

    private void compareValues(List<TypedKey> keys) {
        List<TypedKey> left = dumpsAlike ? compareDumps(keys) : keys;
        if (!left.isEmpty()) {
            compareWhole(left);
        }
    }

    /** Those whose dumps differ; that they do may mean no more than another encoding. */
    private List<TypedKey> compareDumps(List<TypedKey> keys) {
        List<RedisFuture<byte[]>> wanted = dumps(source, keys);
        List<RedisFuture<byte[]>> found = dumps(target, keys);
        List<TypedKey> left = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] here = source.await(wanted.get(i));
            byte[] there = target.await(found.get(i));
            if (here == null || there == null || !holdSame(here, there)) {
                left.add(keys.get(i));
            } else {
                findings.same(source.database(), keys.get(i), UnorderedDump.digest(here), here.length);
            }
        }
        return left;
    }

    private static List<RedisFuture<byte[]>> dumps(KeySide side, List<TypedKey> keys) {
        return side.store()
                .together(
                        side.database(),
                        commands -> keys.stream()
                                .map(each -> commands.dump(each.key()))
                                .toList());
    }

    private boolean holdSame(byte[] here, byte[] there) {
        if (DumpFooter.version(here) != DumpFooter.version(there)) {
            dumpsAlike = false;
        }
        return Arrays.equals(here, there) || UnorderedDump.holdSame(here, there);
    }

    private void compareWhole(List<TypedKey> keys) {
        List<WholeCompare.Verdict> verdicts = whole.compare(keys);
        for (int i = 0; i < keys.size(); i++) {
            if (verdicts.get(i) instanceof WholeCompare.Verdict.Same(WholeValue value)) {
                findings.same(source.database(), keys.get(i), value.digest(), value.bytes());
            } else {
                byTheirOwn(keys.get(i).key());
            }
        }
    }
}
