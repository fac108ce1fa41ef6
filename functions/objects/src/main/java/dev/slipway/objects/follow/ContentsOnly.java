package dev.slipway.objects.follow;

import dev.slipway.objects.place.ContentTypes;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A bucket's objects with what they have as files: content and, by their ending, a type. */
record ContentsOnly(ObjectReader bucket, ContentTypes types) implements ObjectReader {
    private Headers headers(Item item) {
        return Headers.of(types.of(item.key()));
    }

    @Override
    public Opened open(Item item) throws IOException {
        return new Opened(headers(item), bucket.open(item).content());
    }

    @Override
    public InputStream open(Item item, long from, long bytes) throws IOException {
        return bucket.open(item, from, bytes);
    }

    @Override
    public Known know(Item item) throws IOException {
        return new Known(headers(item), bucket.know(item).checksum());
    }

    @Override
    public Optional<Item> find(String key) throws IOException {
        return bucket.find(key);
    }

    @Override
    public boolean lists(String key) throws IOException {
        return bucket.lists(key);
    }

    @Override
    public String name() {
        return bucket.name();
    }
}
