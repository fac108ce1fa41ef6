package dev.slipway.redis.replication;

import com.moilioncircle.redis.replicator.AbstractReplicator;
import com.moilioncircle.redis.replicator.Configuration;
import com.moilioncircle.redis.replicator.Status;
import com.moilioncircle.redis.replicator.event.Event;
import com.moilioncircle.redis.replicator.io.RedisInputStream;
import com.moilioncircle.redis.replicator.rdb.DefaultRdbVisitor;
import com.moilioncircle.redis.replicator.rdb.RdbParser;
import com.moilioncircle.redis.replicator.rdb.datatype.ExpiredType;
import com.moilioncircle.redis.replicator.rdb.datatype.KeyValuePair;
import com.moilioncircle.redis.replicator.rdb.skip.SkipRdbValueVisitor;
import com.moilioncircle.redis.replicator.util.type.Tuple2;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.DumpFooter;
import dev.slipway.redis.keys.Expiry;
import java.io.IOException;

/** The form in which a server saves all it holds, read by redis-replicator; values stay as they are written, which is as DUMP has them. */
final class Rdb extends AbstractReplicator {
    /** From here on a byte says something else than the type of a value (RDB_OPCODE_SLOT_INFO is the lowest). */
    private static final int FIRST_OPERATION = 244;

    private final RdbStream in;
    private final Values values;
    private int version;

    Rdb(RdbStream in, Values values) {
        this.in = in;
        this.values = values;
        configuration = Configuration.defaultSetting();
        setRdbVisitor(new Visitor());
        setStatus(Status.CONNECTED);
    }

    void read() throws IOException {
        new RdbParser(in, this).parse();
    }

    /** What the library has read: a key with its database and its end, and no value. */
    @Override
    public void submitEvent(Event event, Tuple2<Long, Long> offsets) {
        if (event instanceof KeyValuePair<?, ?> pair) {
            in.end();
            int database = Math.toIntExact(pair.getDb().getDbNumber());
            byte[] key = (byte[]) pair.getKey();
            if (in.isExceeded()) {
                values.takeLarge(database, key);
            } else {
                values.take(database, new Dump(key, payload(pair.getValueRdbType()), expiry(pair)));
            }
        }
    }

    private byte[] payload(int type) {
        int start = EncodedString.end(in.kept(), 0);
        int length = in.length() - start;
        byte[] payload = new byte[1 + length + DumpFooter.LENGTH];
        payload[0] = (byte) type;
        System.arraycopy(in.kept(), start, payload, 1, length);
        DumpFooter.write(payload, version);
        return payload;
    }

    private static Expiry expiry(KeyValuePair<?, ?> pair) {
        return switch (pair.getExpiredType()) {
            case ExpiredType.NONE -> Expiry.NEVER;
            case ExpiredType.MS -> new Expiry(pair.getExpiredValue());
            case ExpiredType.SECOND -> new Expiry(pair.getExpiredValue() * 1_000);
        };
    }

    /** Goes over values without reading them. */
    private final class Visitor extends DefaultRdbVisitor {
        private Visitor() {
            super(Rdb.this, new SkipRdbValueVisitor(Rdb.this));
        }

        @Override
        public int applyVersion(RedisInputStream stream) throws IOException {
            version = super.applyVersion(stream);
            return version;
        }

        /** After the type come the key and the value. */
        @Override
        public int applyType(RedisInputStream stream) throws IOException {
            int type = super.applyType(stream);
            if (type < FIRST_OPERATION) {
                in.begin();
            }
            return type;
        }
    }
}
