package dev.slipway.redis.compare;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ValueScanCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members of sets. */
final class SetMembers implements Members {
    @Override
    public RedisFuture<Long> count(KeySide side, byte[] key) {
        return side.commands().scard(key);
    }

    @Override
    public Step scan(KeySide side, byte[] key, ScanCursor from, ScanArgs step) {
        ValueScanCursor<byte[]> answer = side.await(side.commands().sscan(key, from, step));
        return new Step(
                answer.getValues().stream()
                        .map(name -> new Member(name, Member.NOTHING))
                        .toList(),
                answer);
    }

    /** By SISMEMBER for each, because SMISMEMBER exists from Redis 6.2 on only. */
    @Override
    public List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members) {
        List<RedisFuture<Boolean>> answers = side.store()
                .together(
                        side.database(),
                        commands -> members.stream()
                                .map(member -> commands.sismember(key, member.name()))
                                .toList());
        List<byte @Nullable []> found = new ArrayList<>();
        answers.forEach(answer -> found.add(side.await(answer) ? Member.NOTHING : null));
        return found;
    }

    @Override
    public void add(ValueDigest digest, Member member) {
        digest.addMember(member.name());
    }
}
