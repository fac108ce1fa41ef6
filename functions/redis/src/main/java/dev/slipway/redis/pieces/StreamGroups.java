package dev.slipway.redis.pieces;

import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.StreamId;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The groups of a stream: what each got last, its consumers, and what they have not acknowledged. */
final class StreamGroups {
    private static final int STEP = 1_000;

    private final Transfer transfer;
    private final List<Group> groups;

    private StreamGroups(Transfer transfer, List<Group> groups) {
        this.transfer = transfer;
        this.groups = groups;
    }

    /** One group. */
    private static final class Group {
        private final byte[] name;
        private final String lastDelivered;
        private final Optional<String> entriesRead;
        private final boolean hasPending;

        private Group(Fields facts) {
            name = facts.bytes("name");
            lastDelivered = facts.text("last-delivered-id");
            entriesRead = facts.maybe("entries-read");
            hasPending = !facts.text("pending").equals("0");
        }
    }

    /** An entry that was delivered and not acknowledged. */
    private static final class Pending {
        private final String id;
        private final byte[] consumer;
        /** In milliseconds of the source's clock. */
        private final long delivered;

        private final long deliveries;

        private Pending(List<?> answer, long now) {
            id = Fields.text(answer.get(0));
            consumer = (byte[]) answer.get(1);
            delivered = now - (Long) answer.get(2);
            deliveries = (Long) answer.get(3);
        }
    }

    static StreamGroups read(Transfer transfer) {
        List<Group> groups = new ArrayList<>();
        for (Object each : transfer.read(CommandType.XINFO, key(transfer, "GROUPS"))) {
            groups.add(new Group(Fields.of(each)));
        }
        return new StreamGroups(transfer, groups);
    }

    /** Of all groups, from one id to another. */
    Set<StreamId> pendingIds(StreamId from, StreamId to) {
        TreeSet<StreamId> ids = new TreeSet<>(StreamId.ORDER);
        for (Group group : groups) {
            List<Pending> step = List.of();
            StreamId next = from;
            while (group.hasPending && (next.equals(from) || step.size() == STEP)) {
                step = pending(group, next, to);
                step.forEach(each -> ids.add(StreamId.parse(each.id)));
                if (step.isEmpty()) {
                    break;
                }
                next = StreamId.parse(step.getLast().id).next();
            }
        }
        return ids;
    }

    /** Once all entries are there that are pending. */
    void write() {
        for (Group group : groups) {
            create(group);
            makeConsumers(group);
            claim(group);
        }
    }

    private void create(Group group) {
        CommandArgs<byte[], byte[]> arguments =
                half(transfer, "CREATE").addValue(group.name).add(group.lastDelivered);
        if (transfer.target().store().isAtLeast(7, 0)) {
            group.entriesRead.ifPresent(read -> arguments.add("ENTRIESREAD").add(read));
        }
        transfer.write(CommandType.XGROUP, arguments);
    }

    private void makeConsumers(Group group) {
        List<byte[]> names = new ArrayList<>();
        for (Object each :
                transfer.read(CommandType.XINFO, key(transfer, "CONSUMERS").addValue(group.name))) {
            names.add(Fields.of(each).bytes("name"));
        }
        transfer.target()
                .all(commands -> names.stream()
                        .map(name -> consumer(commands, group, name))
                        .toList());
    }

    /** Before Redis 6.2 a consumer comes to be when it asks for what it has not acknowledged. */
    private RedisFuture<Object> consumer(RedisClusterAsyncCommands<byte[], byte[]> commands, Group group, byte[] name) {
        if (transfer.target().store().isAtLeast(6, 2)) {
            return Transfer.write(
                    commands,
                    CommandType.XGROUP,
                    half(transfer, "CREATECONSUMER").addValue(group.name).addValue(name));
        }
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .add("GROUP")
                .addValue(group.name)
                .addValue(name)
                .add("COUNT")
                .add(1)
                .add("STREAMS")
                .addKey(transfer.half())
                .add("0");
        return Transfer.write(commands, CommandType.XREADGROUP, arguments);
    }

    private void claim(Group group) {
        List<Pending> step = List.of();
        StreamId next = StreamId.FIRST;
        while (group.hasPending) {
            step = pending(group, next, new StreamId(-1, -1));
            List<Pending> claimed = step;
            transfer.target()
                    .all(commands -> claimed.stream()
                            .map(each -> claim(commands, group, each))
                            .toList());
            if (step.size() < STEP) {
                return;
            }
            next = StreamId.parse(step.getLast().id).next();
        }
    }

    private RedisFuture<Object> claim(
            RedisClusterAsyncCommands<byte[], byte[]> commands, Group group, Pending pending) {
        return Transfer.write(
                commands,
                CommandType.XCLAIM,
                transfer.ofHalf()
                        .addValue(group.name)
                        .addValue(pending.consumer)
                        .add(0)
                        .add(pending.id)
                        .add("TIME")
                        .add(pending.delivered)
                        .add("RETRYCOUNT")
                        .add(pending.deliveries)
                        .add("FORCE")
                        .add("JUSTID"));
    }

    private List<Pending> pending(Group group, StreamId from, StreamId to) {
        CommandArgs<byte[], byte[]> arguments = transfer.ofKey()
                .addValue(group.name)
                .add(from.toString())
                .add(to.toString())
                .add(STEP);
        Answers answers = transfer.source()
                .together(commands -> new Answers(
                        commands.time(),
                        commands.dispatch(
                                CommandType.XPENDING, new ArrayOutput<>(ByteArrayCodec.INSTANCE), arguments)));
        long now = Expiry.now(transfer.source().await(answers.time));
        List<Pending> pending = new ArrayList<>();
        for (Object each : transfer.source().await(answers.pending)) {
            pending.add(new Pending((List<?>) each, now));
        }
        return pending;
    }

    private record Answers(RedisFuture<List<byte[]>> time, RedisFuture<List<Object>> pending) {}

    /** A command's part and the source's key. */
    private static CommandArgs<byte[], byte[]> key(Transfer transfer, String part) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).add(part).addKey(transfer.key());
    }

    /** A command's part and the target's half value. */
    static CommandArgs<byte[], byte[]> half(Transfer transfer, String part) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).add(part).addKey(transfer.half());
    }
}
