package dev.slipway.objects.follow;

import dev.slipway.objects.copy.Replacement;
import dev.slipway.objects.manifest.Noted;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.ObjectReader;
import java.io.IOException;
import java.util.Optional;

/** A bucket that follows. Its ETags say whether an object is ours. */
record BucketFollower(ObjectPlace writer, Bucket place, Replacement replacement) implements Follower {
    @Override
    public ObjectReader wanted() {
        return writer;
    }

    @Override
    public boolean isAsKnown(Item now, Item known) {
        return now.tag().equals(known.tag()) && now.size() == known.size();
    }

    @Override
    public boolean isLink(Item now) {
        return false;
    }

    @Override
    public Optional<Sent> put(Item from, Optional<Item> seen) throws IOException {
        return replacement.bring(from, seen).map(this::sent);
    }

    private Sent sent(Noted arrived) {
        Item from = arrived.source();
        return new Sent(from, new Item(from.key(), from.size(), "", arrived.targetTag()));
    }

    @Override
    public void delete(Item seen) throws IOException {
        Optional<Item> now = place.find(seen.key());
        if (now.isPresent() && !isAsKnown(now.get(), seen)) {
            throw Foreign.object(place, seen.key());
        }
        replacement.delete(seen.key());
    }

    @Override
    public void changed() {}

    @Override
    public void close() {
        place.close();
    }
}
