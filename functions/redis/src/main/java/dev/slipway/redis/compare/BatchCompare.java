package dev.slipway.redis.compare;

import dev.slipway.migration.BoundedTasks;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.UnorderedDump;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Compares many keys by few questions: by what DUMP gives where both servers write the same version, otherwise by whole values. It
 * only ever finds that keys are the same. Whatever is not plainly so, and what is large, is compared by itself, which also says how
 * it differs.
 */
final class BatchCompare {
    /** What is larger is read in pieces. */
    private static final long LARGE = 1 << 20;
    /** How much of each side is held at once. */
    private static final long BYTES = 8 << 20;

    private final KeySide source;
    private final KeySide target;
    private final Duration tolerance;
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
        this.single = single;
        this.tasks = tasks;
        this.findings = findings;
    }

    /** A key of which both sides have the same type. */
    private static final class Typed {
        private final byte[] key;
        private final String type;

        private Typed(byte[] key, String type) {
            this.key = key;
            this.type = type;
        }
    }

    void compare(List<byte[]> keys) {
        Supplier<List<KeySide.Facts>> wanted = source.facts(keys);
        List<KeySide.Facts> found = target.facts(keys).get();
        List<KeySide.Facts> facts = wanted.get();
        List<Typed> alike = new ArrayList<>();
        long held = 0;
        for (int i = 0; i < keys.size(); i++) {
            KeySide.Facts here = facts.get(i);
            long memory = Math.max(here.memory(), found.get(i).memory());
            if (memory > LARGE || !isAlike(here, found.get(i))) {
                byTheirOwn(keys.get(i));
                continue;
            }
            if (held + memory > BYTES) {
                compareValues(alike);
                alike = new ArrayList<>();
                held = 0;
            }
            alike.add(new Typed(keys.get(i), here.type()));
            held += memory;
        }
        compareValues(alike);
    }

    private boolean isAlike(KeySide.Facts here, KeySide.Facts there) {
        return !here.isGone()
                && here.type().equals(there.type())
                && here.expiry().isNear(there.expiry(), tolerance);
    }

    private void byTheirOwn(byte[] key) {
        tasks.run(() -> single.compare(key));
    }

    private void compareValues(List<Typed> keys) {
        List<Typed> left = dumpsAlike ? compareDumps(keys) : keys;
        if (!left.isEmpty()) {
            compareWhole(left);
        }
    }

    /** Those whose dumps differ; that they do may mean no more than another encoding. */
    private List<Typed> compareDumps(List<Typed> keys) {
        List<RedisFuture<byte[]>> wanted = dumps(source, keys);
        List<RedisFuture<byte[]>> found = dumps(target, keys);
        List<Typed> left = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] here = source.await(wanted.get(i));
            byte[] there = target.await(found.get(i));
            if (here == null || there == null || !holdSame(here, there)) {
                left.add(keys.get(i));
            } else {
                findings.same(source.database(), keys.get(i).key, UnorderedDump.digest(here), here.length);
            }
        }
        return left;
    }

    private static List<RedisFuture<byte[]>> dumps(KeySide side, List<Typed> keys) {
        return side.store()
                .together(
                        side.database(),
                        commands -> keys.stream()
                                .map(each -> commands.dump(each.key))
                                .toList());
    }

    private boolean holdSame(byte[] here, byte[] there) {
        if (DumpFooter.version(here) != DumpFooter.version(there)) {
            dumpsAlike = false;
        }
        return Arrays.equals(here, there) || UnorderedDump.holdSame(here, there);
    }

    private void compareWhole(List<Typed> keys) {
        List<Supplier<Optional<WholeValue>>> wanted = values(source, keys);
        List<Supplier<Optional<WholeValue>>> found = values(target, keys);
        List<Typed> same = new ArrayList<>();
        List<WholeValue> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Optional<WholeValue> here = wanted.get(i).get();
            Optional<WholeValue> there = found.get(i).get();
            if (here.isPresent() && there.isPresent() && here.get().isSame(there.get())) {
                same.add(keys.get(i));
                values.add(here.get());
            } else {
                byTheirOwn(keys.get(i).key);
            }
        }
        List<Boolean> expiring = haveFieldsThatExpire(same, values);
        for (int i = 0; i < same.size(); i++) {
            if (expiring.get(i)) {
                byTheirOwn(same.get(i).key);
            } else {
                findings.same(
                        source.database(),
                        same.get(i).key,
                        values.get(i).digest(),
                        values.get(i).bytes());
            }
        }
    }

    private static List<Supplier<Optional<WholeValue>>> values(KeySide side, List<Typed> keys) {
        return side.store()
                .together(
                        side.database(),
                        commands -> keys.stream()
                                .map(each -> WholeValue.request(side, commands, each.type, each.key))
                                .toList());
    }

    private List<Boolean> haveFieldsThatExpire(List<Typed> keys, List<WholeValue> values) {
        List<Supplier<Boolean>> here = haveFieldsThatExpire(source, keys, values);
        List<Supplier<Boolean>> there = haveFieldsThatExpire(target, keys, values);
        return IntStream.range(0, keys.size())
                .mapToObj(i -> here.get(i).get() || there.get(i).get())
                .toList();
    }

    private static List<Supplier<Boolean>> haveFieldsThatExpire(
            KeySide side, List<Typed> keys, List<WholeValue> values) {
        return side.store().together(side.database(), commands -> {
            List<Supplier<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                List<byte[]> fields = values.get(i).fields();
                if (fields.isEmpty() || !side.fieldTimes()) {
                    answers.add(() -> false);
                } else {
                    RedisFuture<List<Long>> times =
                            commands.hpexpiretime(keys.get(i).key, fields.toArray(byte[][]::new));
                    answers.add(() -> side.await(times).stream().anyMatch(time -> time != Expiry.NEVER.millis()));
                }
            }
            return answers;
        });
    }
}
