package dev.slipway.objects.copy;

import dev.slipway.migration.ReadLimit;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectReader;
import dev.slipway.objects.place.ObjectReader.Known;
import dev.slipway.objects.session.Crc64;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Tells whether an object that is on the target is the source's: by its headers and its content, which is read where no checksum is kept. */
final class SameObject {
    private static final int BUFFER = 1 << 16;

    private final ObjectReader source;
    private final ObjectReader target;
    private final ReadLimit limit;

    SameObject(ObjectReader source, ObjectReader target, ReadLimit limit) {
        this.source = source;
        this.target = target;
        this.limit = limit;
    }

    /** The checksum of both, or empty where they differ. */
    Optional<String> checksum(Item item, Item found) throws IOException {
        if (item.size() != found.size()) {
            return Optional.empty();
        }
        Known here = source.know(item);
        Known there = target.know(found);
        if (!here.headers().equals(there.headers())) {
            return Optional.empty();
        }
        String wanted = here.checksum().isPresent() ? here.checksum().get() : read(source, item, limit);
        String actual = there.checksum().isPresent() ? there.checksum().get() : read(target, found, bytes -> {});
        return Optional.of(wanted).filter(actual::equals);
    }

    private static String read(ObjectReader place, Item item, ReadLimit limit) throws IOException {
        Crc64 crc = new Crc64();
        byte[] buffer = new byte[BUFFER];
        try (ObjectReader.Opened opened = place.open(item);
                InputStream content = limit.on(opened.content())) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return crc.text();
    }
}
