package dev.slipway.worker;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.SnapshotManifest.Part;
import dev.slipway.migration.exception.SnapshotUnreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** Reads a safety copy back, every byte of it. */
record SnapshotCheck(Artifacts artifacts) {

    /** The bytes read. @throws SnapshotUnreadable if a part is missing, shorter or another than was written */
    long readBack(SnapshotManifest manifest) {
        return manifest.parts().stream().mapToLong(this::readBack).sum();
    }

    private long readBack(Part part) {
        try (InputStream stored = artifacts.read(part.key()).orElseThrow(() -> unreadable(part, "it is not there"));
                DigestInputStream in = new DigestInputStream(stored, Sha256.digest())) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            String sha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
            if (bytes != part.bytes() || !sha256.equals(part.sha256())) {
                throw unreadable(part, "its content is not what was written");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(part, String.valueOf(e.getMessage()));
        }
    }

    private SnapshotUnreadable unreadable(Part part, String why) {
        return new SnapshotUnreadable(
                "read the safety copy back", artifacts.location(part.key()) + ": " + why, "start the run again");
    }
}
