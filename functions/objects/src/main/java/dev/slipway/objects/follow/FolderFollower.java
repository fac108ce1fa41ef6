package dev.slipway.objects.follow;

import dev.slipway.migration.FenceToken;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.fence.ClosedFolder;
import dev.slipway.objects.fence.FolderFence;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectChanged;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fenced folder that gets back what was written to its bucket. It stays closed to everybody else. */
final class FolderFollower implements Follower {
    private static final int TRIES = 5;

    private final ObjectPlace writer;
    private final Folder place;
    private final FolderFence fence;
    private final FenceToken token;
    private final ClosedFolder closed;

    private FolderFollower(ObjectPlace writer, Folder place, FolderFence fence, FenceToken token) throws IOException {
        this.writer = writer;
        this.place = place;
        this.fence = fence;
        this.token = token;
        this.closed = ClosedFolder.of(place, token);
    }

    /** Closes the folder, if it is not. */
    static FolderFollower of(ObjectPlace writer, Folder place, FenceToken token) {
        try {
            FolderFence fence = new FolderFence(place);
            fence.fence(token);
            return new FolderFollower(writer, place, fence, token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ObjectPlace place() {
        return place;
    }

    @Override
    public ObjectReader wanted() {
        return new ContentsOnly(writer, place.types());
    }

    @Override
    public boolean isAsKnown(Item now, Item known) {
        return now.equals(known);
    }

    @Override
    public boolean isLink(Item now) {
        return Files.isSymbolicLink(place.names().ofKey(now.key()));
    }

    @Override
    public Optional<Sent> put(Item from, Optional<Item> seen) throws IOException {
        Optional<Item> item = Optional.of(from);
        @Nullable ObjectChanged changed = null;
        for (int i = 0; i < TRIES && item.isPresent(); i++) {
            try (ObjectReader.Opened opened = writer.open(item.get())) {
                requireSeen(from.key(), seen);
                return Optional.of(new Sent(item.get(), closed.put(from.key(), opened.content())));
            } catch (ObjectChanged e) {
                changed = e;
                item = writer.find(from.key());
            }
        }
        if (item.isPresent()) {
            throw new CopyFailed(
                    "bring '" + from.key() + "' back to " + place.name(),
                    "it was changed each of " + TRIES + " times that it was read",
                    "stop what writes to it",
                    changed);
        }
        return Optional.empty();
    }

    private void requireSeen(String key, Optional<Item> seen) {
        if (!place.find(key).equals(seen)) {
            throw Foreign.object(place, key);
        }
    }

    @Override
    public void delete(Item seen) throws IOException {
        requireSeen(seen.key(), Optional.of(seen));
        closed.delete(seen.key());
    }

    @Override
    public void changed() throws IOException {
        closed.close();
        fence.restate(token);
    }

    @Override
    public void close() {
        try {
            closed.close();
        } catch (IOException e) {
            throw new StoreUnreachable(
                    "bring changes to the folder " + place.name(),
                    "what lies in " + place.staging() + " could not be removed (" + e.getMessage() + ")",
                    "remove it",
                    e);
        }
    }
}
