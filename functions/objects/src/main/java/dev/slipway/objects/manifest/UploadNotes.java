package dev.slipway.objects.manifest;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The multipart uploads of a copy that have not ended: each is noted before it begins, and forgotten when it has ended. */
public final class UploadNotes {
    private final Optional<CopyNotes> notes;

    /** @param notes where there are none, nothing is kept */
    public UploadNotes(Optional<CopyNotes> notes) {
        this.notes = notes;
    }

    public void write(UploadNote note) throws IOException {
        if (notes.isPresent()) {
            byte[] json = StrictJson.mapper().writeValueAsBytes(note);
            notes.get().artifacts().write(name(notes.get(), note.key()), out -> out.write(json));
        }
    }

    public void forget(UploadNote note) throws IOException {
        if (notes.isPresent()) {
            notes.get().artifacts().delete(name(notes.get(), note.key()));
        }
    }

    public List<UploadNote> all() throws IOException {
        List<UploadNote> all = new ArrayList<>();
        if (notes.isPresent()) {
            for (String name : notes.get().artifacts().list(folder(notes.get()))) {
                Optional<InputStream> found = notes.get().artifacts().read(name);
                if (found.isPresent()) {
                    try (InputStream in = found.get()) {
                        all.add(StrictJson.mapper().readValue(in.readAllBytes(), UploadNote.class));
                    }
                }
            }
        }
        return all;
    }

    private static String name(CopyNotes notes, String key) {
        return folder(notes) + Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String folder(CopyNotes notes) {
        return notes.prefix().isEmpty() ? "uploads/" : notes.prefix() + "/uploads/";
    }
}
