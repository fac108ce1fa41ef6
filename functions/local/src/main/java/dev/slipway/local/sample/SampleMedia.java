package dev.slipway.local.sample;

import java.io.IOException;
import java.util.Optional;

/** Where the app keeps its media files: a folder on the old side, a bucket on the new one. */
sealed interface SampleMedia permits FolderMedia, BucketMedia {
    /** @throws IOException if the place is not there */
    void check() throws IOException;

    Optional<byte[]> read(String name) throws IOException;

    void write(String name, byte[] content) throws IOException;

    static SampleMedia in(SampleSettings settings) {
        return settings.bucket()
                .<SampleMedia>map(bucket -> new BucketMedia(bucket, BucketMedia.ofRole()))
                .orElseGet(() -> new FolderMedia(settings.mediaFolder().orElseThrow()));
    }
}
