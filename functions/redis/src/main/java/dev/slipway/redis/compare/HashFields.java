package dev.slipway.redis.compare;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.KeyText;
import io.lettuce.core.KeyValue;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of hashes, each with its value and, from Redis 7.4 on, when it goes. */
final class HashFields implements Members {
    private final KeySide source;
    private final KeySide target;
    private final Duration tolerance;

    HashFields(KeySide source, KeySide target, Duration tolerance) {
        this.source = source;
        this.target = target;
        this.tolerance = tolerance;
    }

    @Override
    public RedisFuture<Long> count(KeySide side, byte[] key) {
        return side.commands().hlen(key);
    }

    @Override
    public Step scan(KeySide side, byte[] key, ScanCursor from, ScanArgs step) {
        MapScanCursor<byte[], byte[]> answer = side.await(side.commands().hscan(key, from, step));
        List<Member> fields = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> field : answer.getMap().entrySet()) {
            fields.add(new Member(field.getKey(), field.getValue()));
        }
        return new Step(fields, answer);
    }

    @Override
    public List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        List<byte @Nullable []> found = new ArrayList<>();
        for (KeyValue<byte[], byte[]> answer : side.await(
                side.commands().hmget(key, members.stream().map(Member::name).toArray(byte[][]::new)))) {
            found.add(answer.getValueOrElse(null));
        }
        return found;
    }

    @Override
    public void add(ValueDigest digest, Member member) {
        digest.addField(member.name(), member.value());
    }

    /** By the fields' times. A server that has none for fields keeps them for ever. */
    @Override
    public ValueCompare.@Nullable Unequal besides(byte[] key, List<Member> members) {
        List<byte[]> names = members.stream().map(Member::name).toList();
        List<Expiry> here = FieldTimes.of(source, key, names);
        List<Expiry> there = FieldTimes.of(target, key, names);
        for (int i = 0; i < names.size(); i++) {
            if (!here.get(i).isNear(there.get(i), tolerance) && !isGone(here.get(i), there.get(i))) {
                return new ValueCompare.Unequal("their field " + KeyText.of(names.get(i)) + " expires "
                        + KeyCompare.when(here.get(i)) + " on the source and "
                        + KeyCompare.when(there.get(i)) + " on the target"
                        + (target.fieldTimes() ? "" : ", whose version cannot let fields expire"));
            }
        }
        return null;
    }

    /** One that went while it was looked at was compared before. */
    private static boolean isGone(Expiry here, Expiry there) {
        return here.equals(Expiry.GONE) || there.equals(Expiry.GONE);
    }

    @Override
    public boolean isDue(KeySide side, byte[] key, Member member) {
        long now = Math.max(source.facts(key).now(), target.facts(key).now());
        return FieldTimes.of(side, key, List.of(member.name())).stream()
                .allMatch(time -> time.equals(Expiry.GONE) || time.isDue(now, tolerance));
    }
}
