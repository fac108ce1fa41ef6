package dev.slipway.redis.pieces;

import dev.slipway.redis.keys.StreamId;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Streams: entries under their ids, groups with their consumers and what is pending, and at last the counters. An entry that was
 * deleted while it was pending can only be claimed where it is, so it is there until it is.
 */
final class StreamPieces implements Pieces {
    private static final int FIRST = 16;
    private static final StreamId LAST = new StreamId(-1, -1);
    /** Lettuce has no name for it. */
    private static final ProtocolKeyword SET_ID = () -> "XSETID".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NOTHING = new byte[0];

    @Override
    public long copy(Transfer transfer) {
        Fields info = Fields.of(transfer.read(CommandType.XINFO, stream(transfer, "STREAM")));
        StreamGroups groups = StreamGroups.read(transfer);
        makeEmpty(transfer);
        List<String> deleted = new ArrayList<>();
        long bytes = writeEntries(transfer, info.text("last-generated-id"), groups, deleted);
        groups.write();
        delete(transfer, deleted);
        writeCounters(transfer, info);
        return bytes;
    }

    private static CommandArgs<byte[], byte[]> stream(Transfer transfer, String what) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).add(what).addKey(transfer.key());
    }

    /** By a group, because a stream that has no entries may have been left by XDEL. */
    private static void makeEmpty(Transfer transfer) {
        byte[] group = "slipway".getBytes(StandardCharsets.US_ASCII);
        transfer.target()
                .all(commands -> List.of(
                        Transfer.write(
                                commands,
                                CommandType.XGROUP,
                                StreamGroups.half(transfer, "CREATE")
                                        .addValue(group)
                                        .add("0-0")
                                        .add("MKSTREAM")),
                        Transfer.write(
                                commands,
                                CommandType.XGROUP,
                                StreamGroups.half(transfer, "DESTROY").addValue(group))));
    }

    /** @param last what was added after it comes with the next pass: the counters are those of before */
    private static long writeEntries(Transfer transfer, String last, StreamGroups groups, List<String> deleted) {
        long bytes = 0;
        long width = FIRST;
        StreamId from = StreamId.FIRST;
        while (true) {
            List<?> piece = transfer.read(
                    CommandType.XRANGE,
                    transfer.ofKey().add(from.toString()).add(last).add("COUNT").add(width));
            boolean isLast = piece.size() < width;
            TreeMap<StreamId, List<?>> entries = new TreeMap<>(StreamId.ORDER);
            piece.forEach(entry -> entries.put(id(entry), (List<?>) ((List<?>) entry).get(1)));
            StreamId to = isLast ? LAST : entries.lastKey();
            for (StreamId pending : groups.pendingIds(from, to)) {
                if (entries.putIfAbsent(pending, List.of(NOTHING, NOTHING)) == null) {
                    deleted.add(pending.toString());
                }
            }
            transfer.target()
                    .all(commands -> entries.entrySet().stream()
                            .map(entry -> add(transfer, commands, entry))
                            .toList());
            bytes += Transfer.size(piece);
            if (isLast) {
                return bytes;
            }
            from = to.next();
            width = Transfer.next(width, piece);
        }
    }

    private static StreamId id(Object entry) {
        return StreamId.parse(Fields.text(((List<?>) entry).get(0)));
    }

    private static RedisFuture<Object> add(
            Transfer transfer, RedisClusterAsyncCommands<byte[], byte[]> commands, Map.Entry<StreamId, List<?>> entry) {
        CommandArgs<byte[], byte[]> arguments =
                transfer.ofHalf().add(entry.getKey().toString());
        entry.getValue().forEach(each -> arguments.addValue((byte[]) each));
        return Transfer.write(commands, CommandType.XADD, arguments);
    }

    private static void delete(Transfer transfer, List<String> deleted) {
        for (int i = 0; i < deleted.size(); i += 1_000) {
            String[] ids =
                    deleted.subList(i, Math.min(deleted.size(), i + 1_000)).toArray(String[]::new);
            transfer.target().ask(commands -> commands.xdel(transfer.half(), ids));
        }
    }

    /** A source before Redis 7 counts neither what was added nor what was deleted; a later target reads its DUMP like this, too. */
    private static void writeCounters(Transfer transfer, Fields info) {
        CommandArgs<byte[], byte[]> arguments = transfer.ofHalf().add(info.text("last-generated-id"));
        if (transfer.target().store().isAtLeast(7, 0)) {
            arguments
                    .add("ENTRIESADDED")
                    .add(info.maybe("entries-added").orElseGet(() -> info.text("length")))
                    .add("MAXDELETEDID")
                    .add(info.maybe("max-deleted-entry-id").orElse("0-0"));
        }
        transfer.write(SET_ID, arguments);
    }
}
