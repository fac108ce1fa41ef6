package dev.slipway.redis.pieces;

import java.util.Optional;

/** Puts a value together on the target, under its temporary name. */
@FunctionalInterface
interface Pieces {
    /** @return bytes that were read */
    long copy(Transfer transfer);

    /** For what TYPE says; empty where the type is a module's. */
    static Optional<Pieces> of(String type, FieldTimes times) {
        return switch (type) {
            case "string" -> Optional.of(new StringPieces());
            case "list" -> Optional.of(RangePieces.list());
            case "zset" -> Optional.of(RangePieces.sortedSet());
            case "set" -> Optional.of(new SetPieces());
            case "hash" -> Optional.of(new HashPieces(times));
            case "stream" -> Optional.of(new StreamPieces());
            default -> Optional.empty();
        };
    }
}
