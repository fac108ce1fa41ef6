package dev.slipway.postgres.snapshot;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.SnapshotManifest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** An artifact's content that is measured while it is written. */
final class DigestedContent implements Artifacts.Content {
    private static final long STEP = 1 << 20;
    private final Artifacts.Content content;
    private final String key;
    private final Progress progress;
    private long bytes;
    private String sha256 = "";

    DigestedContent(Artifacts.Content content, String key, Progress progress) {
        this.content = content;
        this.key = key;
        this.progress = progress;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        // A store of artifacts may ask for the content again after a failed try.
        bytes = 0;
        MessageDigest digest = Sha256.digest();
        content.writeTo(new Measured(out, digest));
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    public SnapshotManifest.Part part() {
        return new SnapshotManifest.Part(key, bytes, sha256);
    }

    private final class Measured extends FilterOutputStream {
        private final MessageDigest digest;

        Measured(OutputStream out, MessageDigest digest) {
            super(out);
            this.digest = digest;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] all, int from, int length) throws IOException {
            out.write(all, from, length);
            digest.update(all, from, length);
            if ((bytes + length) / STEP > bytes / STEP) {
                progress.report(new Progress.Amount(key, 0, 0, bytes + length, 0));
            }
            bytes += length;
        }
    }
}
