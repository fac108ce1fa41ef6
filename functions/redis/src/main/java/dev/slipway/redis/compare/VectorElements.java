package dev.slipway.redis.compare;

import dev.slipway.migration.Sha256;
import dev.slipway.redis.keys.ContentDigest;
import dev.slipway.redis.session.Answers;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Elements of vector sets, each with its vector as it is stored and its attributes; how a server has linked them is not asked, because
 * it links them anew whenever it reads them. There is no scan of them, so all names are held.
 */
final class VectorElements implements Members {
    /** Of vectors that may each have thousands of dimensions. */
    private static final int AT_ONCE = 100;

    /** How many dimensions a vector had before it was reduced; 0 where it was not. */
    static final String PROJECTED_FROM = "projection-input-dim";

    private static final List<String> SETTINGS = List.of("quant-type", "hnsw-m", "vector-dim", PROJECTED_FROM);

    private final KeySide source;
    private final KeySide target;

    VectorElements(KeySide source, KeySide target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public RedisFuture<Long> count(KeySide side, byte[] key) {
        return side.commands().vcard(key);
    }

    @Override
    public Step scan(KeySide side, byte[] key, ScanCursor from, ScanArgs step) {
        long count = side.await(count(side, key));
        List<Member> named = side.await(side.commands().vrandmember(key, Math.toIntExact(count))).stream()
                .map(name -> new Member(name, Member.NOTHING))
                .toList();
        List<Member> members = new ArrayList<>();
        List<byte @Nullable []> values = find(side, key, named);
        for (int i = 0; i < named.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                members.add(new Member(named.get(i).name(), value));
            }
        }
        return new Step(members, ScanCursor.FINISHED);
    }

    @Override
    public List<byte @Nullable []> find(KeySide side, byte[] key, List<Member> members) {
        List<byte @Nullable []> found = new ArrayList<>();
        for (int from = 0; from < members.size(); from += AT_ONCE) {
            List<Member> some = members.subList(from, Math.min(members.size(), from + AT_ONCE));
            List<Answer> answers = side.store()
                    .together(
                            side.database(),
                            commands -> some.stream()
                                    .map(member -> Answer.of(commands, key, member.name()))
                                    .toList());
            answers.forEach(answer -> found.add(answer.digest(side)));
        }
        return found;
    }

    private record Answer(RedisFuture<List<Object>> vector, RedisFuture<List<Object>> attributes) {
        private static Answer of(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] key, byte[] name) {
            return new Answer(
                    commands.dispatch(
                            CommandType.VEMB,
                            new ArrayOutput<>(ByteArrayCodec.INSTANCE),
                            new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                    .addKey(key)
                                    .addValue(name)
                                    .add("RAW")),
                    commands.dispatch(
                            CommandType.VGETATTR,
                            new ArrayOutput<>(ByteArrayCodec.INSTANCE),
                            new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                    .addKey(key)
                                    .addValue(name)));
        }

        /** Of a fixed length, because all of a set are held; null where there is no such element. */
        private byte @Nullable [] digest(KeySide side) {
            List<Object> raw = side.await(vector);
            List<Object> described = side.await(attributes);
            if (raw.stream().noneMatch(Objects::nonNull)) {
                return null;
            }
            MessageDigest digest = Sha256.digest();
            for (List<Object> answer : List.of(raw, described)) {
                answer.stream().filter(Objects::nonNull).forEach(part -> ContentDigest.update(digest, bytes(part)));
            }
            return digest.digest();
        }

        private static byte[] bytes(Object part) {
            return part instanceof byte[] bytes ? bytes : ContentDigest.text(part.toString());
        }
    }

    @Override
    public void add(ValueDigest digest, Member member) {
        digest.addField(member.name(), member.value());
    }

    @Override
    public ValueCompare.@Nullable Unequal besides(byte[] key, List<Member> members) {
        Map<String, Object> here = settings(source, key);
        Map<String, Object> there = settings(target, key);
        for (String name : SETTINGS) {
            String wanted = Answers.text(here.getOrDefault(name, "unknown"));
            String found = Answers.text(there.getOrDefault(name, "unknown"));
            if (!wanted.equals(found)) {
                return new ValueCompare.Unequal(
                        "their " + name + " is " + wanted + " on the source and " + found + " on the target");
            }
        }
        return null;
    }

    /** What VINFO says. */
    static Map<String, Object> settings(KeySide side, byte[] key) {
        return Answers.map(side.await(side.commands()
                .dispatch(
                        CommandType.VINFO,
                        new ArrayOutput<>(ByteArrayCodec.INSTANCE),
                        new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key))));
    }
}
