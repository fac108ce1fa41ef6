package dev.slipway.objects.copy;

import dev.slipway.migration.Finding;
import dev.slipway.objects.manifest.UploadNote;
import dev.slipway.objects.manifest.UploadNotes;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.UnfinishedUpload;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which unfinished multipart uploads on the target are this copy's. S3 does not say whose one is, so each is noted before it begins. What
 * an earlier call has left is given up, because it costs money and is seen by nobody; another's is left alone.
 */
final class OwnUploads {
    private final Bucket target;
    private final UploadNotes notes;
    private volatile List<UnfinishedUpload> others = List.of();

    OwnUploads(Bucket target, UploadNotes notes) {
        this.target = target;
        this.notes = notes;
    }

    /** Gives up what earlier calls have begun and not ended, and looks at what others have. */
    void takeStock() throws IOException {
        for (UploadNote note : notes.all()) {
            for (String upload : ids(note)) {
                giveUp(note.key(), upload);
            }
            notes.forget(note);
        }
        others = UnfinishedUpload.below(target, "");
    }

    /** A call that was killed right after it asked for an upload does not know its id: it is the one that was not there before. */
    private List<String> ids(UploadNote note) {
        return note.upload().isEmpty()
                ? of(note.key(), UnfinishedUpload.below(target, target.key(note.key()))).stream()
                        .filter(id -> !note.others().contains(id))
                        .toList()
                : List.of(note.upload());
    }

    private static List<String> of(String key, List<UnfinishedUpload> uploads) {
        return uploads.stream()
                .filter(upload -> upload.key().equals(key))
                .map(UnfinishedUpload::id)
                .toList();
    }

    UploadNote begins(String key) throws IOException {
        UploadNote note = new UploadNote(key, "", of(key, others));
        notes.write(note);
        return note;
    }

    void began(UploadNote note) throws IOException {
        notes.write(note);
    }

    void ended(UploadNote note) throws IOException {
        notes.forget(note);
    }

    void giveUp(String key, String upload) throws IOException {
        try {
            target.wire()
                    .send(WireRequest.delete(key, Map.of("uploadId", upload)))
                    .close();
        } catch (WireRefusal e) {
            if (e.status() != WireRefusal.NOT_FOUND) {
                throw e;
            }
        }
    }

    Optional<Finding> finding() {
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "unfinished uploads",
                        "Below the target's prefix lie " + others.size()
                                + " unfinished multipart uploads that are not this copy's, the first of '"
                                + others.getFirst().key() + "': they cost money; give them up if nobody is at them."));
    }
}
