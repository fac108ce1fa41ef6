package dev.slipway.redis.pieces;

import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hashes, with the times of their fields. */
final class HashPieces implements Pieces {
    private static final ScanArgs STEP = ScanArgs.Builder.limit(1_000);

    private final FieldTimes times;

    HashPieces(FieldTimes times) {
        this.times = times;
    }

    @Override
    public long copy(Transfer transfer) {
        long bytes = 0;
        ScanCursor from = ScanCursor.INITIAL;
        do {
            ScanCursor last = from;
            MapScanCursor<byte[], byte[]> step =
                    transfer.source().ask(commands -> commands.hscan(transfer.key(), last, STEP));
            bytes += write(transfer, step.getMap());
            from = step;
        } while (!from.isFinished());
        return bytes;
    }

    private long write(Transfer transfer, Map<byte[], byte[]> fields) {
        if (fields.isEmpty()) {
            return 0;
        }
        CommandArgs<byte[], byte[]> arguments = transfer.ofHalf();
        List<byte[]> names = new ArrayList<>();
        long size = 0;
        for (Map.Entry<byte[], byte[]> field : fields.entrySet()) {
            names.add(field.getKey());
            arguments.addKey(field.getKey()).addValue(field.getValue());
            size += field.getKey().length + field.getValue().length;
        }
        transfer.limit().await(size);
        transfer.write(CommandType.HSET, arguments);
        times.copy(transfer, names);
        return size;
    }
}
