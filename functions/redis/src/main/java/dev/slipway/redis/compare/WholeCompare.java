package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Compares values that are small enough to be held whole, many by few questions. */
final class WholeCompare {
    private final KeySide source;
    private final KeySide target;

    WholeCompare(KeySide source, KeySide target) {
        this.source = source;
        this.target = target;
    }

    sealed interface Verdict {
        record Same(WholeValue value) implements Verdict {}

        record Other() implements Verdict {}

        /** One look does not tell: it is to be compared by itself. */
        record Unclear() implements Verdict {}
    }

    /** Of each key in turn. */
    List<Verdict> compare(List<TypedKey> keys) {
        List<Supplier<Optional<WholeValue>>> wanted = values(source, keys);
        List<Supplier<Optional<WholeValue>>> found = values(target, keys);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            verdicts.add(compare(wanted.get(i).get(), found.get(i).get()));
        }
        return lookAtFieldTimes(keys, verdicts);
    }

    private static Verdict compare(Optional<WholeValue> here, Optional<WholeValue> there) {
        if (here.isEmpty() || there.isEmpty()) {
            return new Verdict.Unclear();
        }
        return here.get().isSame(there.get()) ? new Verdict.Same(here.get()) : new Verdict.Other();
    }

    private static List<Supplier<Optional<WholeValue>>> values(KeySide side, List<TypedKey> keys) {
        return side.store()
                .together(
                        side.database(),
                        commands -> keys.stream()
                                .map(each -> WholeValue.request(side, commands, each.type(), each.key()))
                                .toList());
    }

    private List<Verdict> lookAtFieldTimes(List<TypedKey> keys, List<Verdict> verdicts) {
        List<Supplier<Boolean>> here = haveFieldsThatExpire(source, keys, verdicts);
        List<Supplier<Boolean>> there = haveFieldsThatExpire(target, keys, verdicts);
        return IntStream.range(0, verdicts.size())
                .mapToObj(i -> here.get(i).get() || there.get(i).get() ? new Verdict.Unclear() : verdicts.get(i))
                .toList();
    }

    private static List<Supplier<Boolean>> haveFieldsThatExpire(
            KeySide side, List<TypedKey> keys, List<Verdict> verdicts) {
        return side.store().together(side.database(), commands -> {
            List<Supplier<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                List<byte[]> fields =
                        verdicts.get(i) instanceof Verdict.Same(WholeValue value) ? value.fields() : List.of();
                if (fields.isEmpty() || !side.fieldTimes()) {
                    answers.add(() -> false);
                } else {
                    RedisFuture<List<Long>> times =
                            commands.hpexpiretime(keys.get(i).key(), fields.toArray(byte[][]::new));
                    answers.add(() -> side.await(times).stream().anyMatch(time -> time != Expiry.NEVER.millis()));
                }
            }
            return answers;
        });
    }
}
