package dev.slipway.postgres;

import java.sql.SQLException;

/** A {@code COPY … FROM STDIN} that frames are passed to as they are. */
final class CopyIn {
    private final Wire wire;

    private CopyIn(Wire wire) {
        this.wire = wire;
    }

    static CopyIn begin(Wire wire, String copy) throws SQLException {
        wire.query(copy);
        wire.expect(Wire.COPY_IN_RESPONSE);
        return new CopyIn(wire);
    }

    /** After a refusal the session is of no use any more: the frame that the server waits for the rest of never comes. */
    void write(byte[] frames, int from, int length) throws SQLException {
        wire.heed();
        wire.sendRaw(frames, from, length);
    }

    /** Returns how many rows the server says it got. */
    long end() throws SQLException {
        wire.send(Wire.COPY_DONE, new byte[0]);
        long got = RowStream.count(wire.expect(Wire.COMMAND_COMPLETE));
        wire.end();
        return got;
    }
}
