package dev.slipway.objects.inspect;

import dev.slipway.migration.Bytes;
import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Files that are much longer than what they take on the disk: a copy sends all of it, and the target keeps it, holes as zeros. */
final class SparseSurvey {
    /** Less is not worth a word. */
    private static final long LEAST_MISSING = 1L << 20;

    private final AllocatedBytes disk = new AllocatedBytes();
    private String first = "";
    private long files;
    private long bytes;
    private long allocated;

    /** @param name for a person */
    void add(Path file, String name, long size) {
        if (size >= LEAST_MISSING) {
            disk.of(file).ifPresent(there -> add(name, size, there));
        }
    }

    private void add(String name, long size, long there) {
        if (size - there >= LEAST_MISSING && there < size / 2) {
            first = files++ == 0 ? name : first;
            bytes += size;
            allocated += there;
        }
    }

    Detail detail() {
        return new Detail(
                "sparseFiles",
                Map.of("files", files, "bytes", bytes, "allocated", allocated),
                files == 0 ? Detail.NONE : files + ", " + sizes());
    }

    Optional<Finding> finding() {
        return files == 0
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "sparse files",
                        (files == 1
                                        ? first + " is sparse: "
                                        : files + " files are sparse, the first is " + first + ": ")
                                + sizes() + ". A copy sends and the target keeps their whole length, holes as zeros."));
    }

    private String sizes() {
        return Bytes.text((double) bytes) + " long and " + Bytes.text((double) allocated) + " on the disk";
    }
}
