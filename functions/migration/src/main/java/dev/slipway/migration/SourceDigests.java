package dev.slipway.migration;

import java.util.List;

/**
 * What a copy has read of its source on the way, so that a comparison need not read it once more.
 *
 * @param ground what must still stand for it to count: while it does, nothing was written
 */
public record SourceDigests(String ground, List<Part> parts) {
    public SourceDigests {
        parts = List.copyOf(parts);
    }

    /**
     * One part of the source, such as a table.
     *
     * @param format how the rows were read; in another one their digest is another
     * @param digest of the rows, whatever their order
     */
    public record Part(String name, String format, long rows, long bytes, String digest) {}
}
