package dev.slipway.redis.pieces;

import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;

/** Lists and sorted sets, whose elements have places. */
final class RangePieces implements Pieces {
    private static final int FIRST = 16;

    private final CommandType range;
    private final CommandType add;
    /** A sorted set's element comes with its score, and is taken score first. */
    private final boolean scored;

    private RangePieces(CommandType range, CommandType add, boolean scored) {
        this.range = range;
        this.add = add;
        this.scored = scored;
    }

    static Pieces list() {
        return new RangePieces(CommandType.LRANGE, CommandType.RPUSH, false);
    }

    static Pieces sortedSet() {
        return new RangePieces(CommandType.ZRANGE, CommandType.ZADD, true);
    }

    @Override
    public long copy(Transfer transfer) {
        long width = FIRST;
        long from = 0;
        long bytes = 0;
        while (true) {
            List<?> piece = transfer.read(range, elements(transfer, from, from + width - 1));
            bytes += Transfer.size(piece);
            if (!piece.isEmpty()) {
                transfer.write(add, arguments(transfer, piece));
            }
            if (piece.size() < (scored ? 2 * width : width)) {
                return bytes;
            }
            from += width;
            width = Transfer.next(width, piece);
        }
    }

    private CommandArgs<byte[], byte[]> elements(Transfer transfer, long from, long to) {
        CommandArgs<byte[], byte[]> arguments = transfer.ofKey().add(from).add(to);
        return scored ? arguments.add("WITHSCORES") : arguments;
    }

    private CommandArgs<byte[], byte[]> arguments(Transfer transfer, List<?> piece) {
        CommandArgs<byte[], byte[]> arguments = transfer.ofHalf();
        for (int i = 0; i < piece.size(); i++) {
            arguments.addValue((byte[]) piece.get(scored ? i ^ 1 : i));
        }
        return arguments;
    }
}
