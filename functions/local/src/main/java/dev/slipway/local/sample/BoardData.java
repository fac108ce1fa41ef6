package dev.slipway.local.sample;

import dev.slipway.migration.StoreUrl;
import java.io.IOException;
import java.util.List;

/** The data of SmartBoard, the same bytes every time, as much of it as the preschool would have. */
public record BoardData(SampleData amount) {
    private static final String APP = "smartboard";

    public long users() {
        return sizes().users();
    }

    public long tenants() {
        return sizes().tenants();
    }

    public long datasets() {
        return sizes().datasets();
    }

    public long dashboards() {
        return sizes().dashboards();
    }

    /**
     * Fills an empty database, an empty Redis and an S3 server without the bucket, all at once.
     *
     * @throws IOException if a store refuses; what is already written stays
     */
    public void seed(StoreUrl postgres, StoreUrl redis, StoreUrl bucket) throws IOException, InterruptedException {
        Seeding.allAtOnce(List.of(
                () -> Seeding.postgres(postgres, APP, "board-", new BoardTables(sizes()).all()),
                () -> Seeding.redis(redis, new BoardKeys(amount.keys(), sizes())::writeTo),
                () -> new BoardObjects(amount.files()).writeTo(BoardBucket.clientOf(bucket), bucket.host())));
    }

    private BoardSizes sizes() {
        return new BoardSizes(amount.rows());
    }
}
