package dev.slipway.postgres.compare;

import dev.slipway.migration.SourceDigests;
import dev.slipway.postgres.fence.FenceState;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.table.PostgresTable;
import dev.slipway.postgres.table.RowDigest;
import dev.slipway.postgres.table.RowFormat;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a copy has read of the source already, by the tables' names. */
public record KnownDigests(Map<String, SourceDigests.Part> tables) {
    public static final KnownDigests NONE = new KnownDigests(Map.of());

    /** Nothing is known where writes were possible since, whoever holds the fence now. */
    static KnownDigests of(PostgresSession source, Optional<SourceDigests> read) throws SQLException {
        Optional<FenceState> fence = FenceState.read(source).filter(state -> !state.lifted());
        return read.filter(digests -> fence.filter(state -> state.nonce().equals(digests.ground()))
                        .isPresent())
                .map(digests -> new KnownDigests(digests.parts().stream()
                        .collect(Collectors.toMap(SourceDigests.Part::name, Function.identity()))))
                .orElse(NONE);
    }

    /** A copy reads no column that is computed from others, and a comparison does. */
    Optional<RowDigest> of(PostgresTable table, List<String> columns, RowFormat format) {
        return Optional.ofNullable(tables.get(table.qualified()))
                .filter(part -> columns.equals(table.stored()) && part.format().equals(format.name()))
                .map(part -> RowDigest.of(part.rows(), part.bytes(), part.digest()));
    }
}
