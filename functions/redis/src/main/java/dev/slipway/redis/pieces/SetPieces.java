package dev.slipway.redis.pieces;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ValueScanCursor;
import java.util.List;

/** Sets; a member that the scan gives twice is there once. */
final class SetPieces implements Pieces {
    private static final ScanArgs STEP = ScanArgs.Builder.limit(1_000);

    @Override
    public long copy(Transfer transfer) {
        long bytes = 0;
        ScanCursor from = ScanCursor.INITIAL;
        do {
            ScanCursor last = from;
            ValueScanCursor<byte[]> step =
                    transfer.source().ask(commands -> commands.sscan(transfer.key(), last, STEP));
            List<byte[]> members = step.getValues();
            long size = Transfer.size(members);
            transfer.limit().await(size);
            bytes += size;
            if (!members.isEmpty()) {
                transfer.target().ask(commands -> commands.sadd(transfer.half(), members.toArray(byte[][]::new)));
            }
            from = step;
        } while (!from.isFinished());
        return bytes;
    }
}
