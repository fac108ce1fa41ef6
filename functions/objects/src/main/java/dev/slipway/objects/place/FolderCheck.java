package dev.slipway.objects.place;

import dev.slipway.migration.Finding;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holds each file of a folder to what it takes to be an object, and counts what is none. */
final class FolderCheck implements FolderWalk {
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
    private static final int LONGEST_KEY = 1024;

    private final Folder folder;
    private long others;
    private String other = "";
    private long voids;
    private String first = "";

    FolderCheck(Folder folder) {
        this.folder = folder;
    }

    /** @throws CopyFailed if a name cannot be a key */
    static String key(Folder folder, Path file) {
        return folder.names().key(file).orElseThrow(() -> noKey(folder, file, "is no UTF-8 and a key of S3 must be"));
    }

    @Override
    public void file(Path path) {
        if (key(folder, path).getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
            throw noKey(folder, path, "is longer than the " + LONGEST_KEY + " bytes of a key of S3");
        }
        if (!Files.isReadable(path)) {
            throw new StoreUnreachable(
                    "read the file " + folder.names().escaped(path) + " of " + folder.name(),
                    "this user may not",
                    "let this user read it, or run this as a user who may");
        }
    }

    @Override
    public void folder(Path path, boolean empty) {
        if (empty && !path.equals(folder.root())) {
            first = voids++ == 0 ? folder.names().escaped(path) : first;
        }
    }

    @Override
    public void other(Path path, String what) {
        other = others++ == 0 ? folder.names().escaped(path) + " is " + what : other;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (others > 0) {
            findings.add(Finding.warning("not copied", other + " and is no object" + further(others)));
        }
        if (voids > 0) {
            findings.add(
                    Finding.warning("empty folders", first + " is empty, and no object is a folder" + further(voids)));
        }
        return findings;
    }

    private static String further(long all) {
        return all == 1 ? "." : ". So it is with " + (all - 1) + " more.";
    }

    private static CopyFailed noKey(Folder folder, Path file, String why) {
        return new CopyFailed(
                "take the file " + folder.names().escaped(file) + " as an object", "its name " + why, "rename it");
    }
}
