package dev.slipway.redis.pieces;

/** Strings; bitmaps and HyperLogLogs are strings, too. */
final class StringPieces implements Pieces {
    @Override
    public long copy(Transfer transfer) {
        long from = 0;
        while (true) {
            long first = from;
            byte[] piece = transfer.source()
                    .ask(commands -> commands.getrange(transfer.key(), first, first + Transfer.PIECE - 1));
            transfer.limit().await(piece.length);
            if (first == 0) {
                transfer.target().ask(commands -> commands.set(transfer.half(), piece));
            } else if (piece.length > 0) {
                transfer.target().ask(commands -> commands.append(transfer.half(), piece));
            }
            from += piece.length;
            if (piece.length < Transfer.PIECE) {
                return from;
            }
        }
    }
}
