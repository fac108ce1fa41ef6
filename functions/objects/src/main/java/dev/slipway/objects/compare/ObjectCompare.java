package dev.slipway.objects.compare;

import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.place.ObjectChanged;
import dev.slipway.objects.place.ObjectReader;
import dev.slipway.objects.place.ObjectReader.Known;
import dev.slipway.objects.place.ReadRefused;
import dev.slipway.objects.session.Crc64;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Compares one object of both sides. By the checksum of the whole content where a side answers for it, otherwise by reading; never by
 * an ETag. An object that somebody writes meanwhile is looked at again, and is unknown where he goes on.
 */
public final class ObjectCompare {
    private static final int LOOKS = 3;
    private static final int SERVERS_FAULT = 500;

    private final ObjectReader source;
    private final boolean sourceAnswers;
    private final ObjectReader target;
    private final boolean targetAnswers;

    /** @param sourceAnswers whether the source's checksums stand for what it would give */
    public ObjectCompare(ObjectReader source, boolean sourceAnswers, ObjectReader target, boolean targetAnswers) {
        this.source = source;
        this.sourceAnswers = sourceAnswers;
        this.target = target;
        this.targetAnswers = targetAnswers;
    }

    /** @throws StoreUnreachable if a side fails for all objects, not for this one */
    public Verdict compare(Item here, Item there) {
        String key = here.key();
        try {
            return looks(key, here, there);
        } catch (ReadRefused e) {
            return unknown(key, e);
        } catch (AccessDeniedException e) {
            return new Verdict.Unknown("this user may not read it");
        } catch (FileSystemException e) {
            return new Verdict.Unknown("it could not be read: " + e.getMessage());
        } catch (IOException | SdkException e) {
            throw unreachable(key, String.valueOf(e.getMessage()), e);
        }
    }

    private Verdict looks(String key, Item here, Item there) throws IOException {
        Optional<Item> wanted = Optional.of(here);
        Optional<Item> found = Optional.of(there);
        for (int look = 1; look <= LOOKS; look++) {
            try {
                Verdict verdict = look(wanted, found);
                if (isStill(verdict, wanted, found)) {
                    return verdict;
                }
            } catch (ReadRefused | FileSystemException e) {
                throw e;
            } catch (IOException e) {
                // The object is another one by now, or an answer broke off.
                if (look == LOOKS && !(e instanceof ObjectChanged)) {
                    throw e;
                }
            }
            wanted = source.find(key);
            found = target.find(key);
        }
        return new Verdict.Unknown("it was changed each time that it was read");
    }

    /** A store may list a key that it then does not know, so what both have lost is not told from what neither ever gave. */
    private Verdict look(Optional<Item> here, Optional<Item> there) throws IOException {
        if (here.isEmpty() && there.isEmpty()) {
            return new Verdict.Unknown("both sides list it, and neither knows it by that name");
        }
        if (here.isEmpty() || there.isEmpty()) {
            return new Verdict.Different(
                    "listed, but not to be found on the " + (here.isEmpty() ? "source" : "target") + " any more");
        }
        return verdict(here.get(), there.get());
    }

    /** A store that was asked for one ETag has sent that object's bytes; a file may be changed while it is read. */
    private boolean isStill(Verdict verdict, Optional<Item> here, Optional<Item> there) throws IOException {
        boolean same = verdict instanceof Verdict.Same;
        return isStill(same, source, here) && isStill(same, target, there);
    }

    private static boolean isStill(boolean same, ObjectReader place, Optional<Item> item) throws IOException {
        return item.isEmpty() || (same && !item.get().tag().isEmpty()) || place.isUnchanged(item.get());
    }

    private Verdict verdict(Item here, Item there) throws IOException {
        if (here.size() != there.size()) {
            return new Verdict.Different(sizes(here.size(), there.size()));
        }
        return sourceAnswers || targetAnswers ? byChecksum(here, there) : byReading(here, there);
    }

    private Verdict byChecksum(Item here, Item there) throws IOException {
        Known wanted = source.know(here);
        Known found = target.know(there);
        Optional<String> held = wanted.checksum().filter(sum -> sourceAnswers);
        Optional<String> heldThere = found.checksum().filter(sum -> targetAnswers);
        if (held.isEmpty() && heldThere.isEmpty()) {
            return byReading(here, there);
        }
        String sum = held.isPresent() ? held.get() : checksum(source, here);
        String sumThere = heldThere.isPresent() ? heldThere.get() : checksum(target, there);
        return sum.equals(sumThere)
                ? verdict(here.size(), sum, wanted.headers(), found.headers(), /* read= */ false)
                : other(sum, sumThere);
    }

    private static String checksum(ObjectReader place, Item item) throws IOException {
        Crc64 crc = new Crc64();
        byte[] buffer = new byte[1 << 16];
        try (ObjectReader.Opened opened = place.open(item)) {
            InputStream content = opened.content();
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return crc.text();
    }

    private Verdict byReading(Item here, Item there) throws IOException {
        try (ObjectReader.Opened wanted = source.open(here);
                ObjectReader.Opened found = target.open(there)) {
            TwoContents read = TwoContents.read(wanted.content(), found.content());
            if (read.bytes() != read.bytesThere()) {
                return new Verdict.Different(sizes(read.bytes(), read.bytesThere()));
            }
            return read.same()
                    ? verdict(read.bytes(), read.checksum(), wanted.headers(), found.headers(), /* read= */ true)
                    : other(read.checksum(), read.checksumThere());
        }
    }

    private static Verdict verdict(long bytes, String checksum, Headers wanted, Headers found, boolean read) {
        Attributes attributes = Attributes.of(wanted);
        List<String> otherwise = attributes.against(Attributes.of(found));
        return otherwise.isEmpty()
                ? new Verdict.Same(bytes, checksum + " " + attributes.values(), read)
                : new Verdict.Different(String.join("; ", otherwise));
    }

    private static Verdict other(String here, String there) {
        return new Verdict.Different("CRC64NVME " + here + " on the source and " + there + " on the target");
    }

    private static String sizes(long here, long there) {
        return here + " bytes on the source and " + there + " on the target";
    }

    /** What every object would be answered ends the comparison. */
    private Verdict unknown(String key, ReadRefused e) {
        if (e.status() >= SERVERS_FAULT) {
            throw unreachable(key, e.answer(), e);
        }
        return new Verdict.Unknown(e.answer());
    }

    private StoreUnreachable unreachable(String key, String why, Exception e) {
        return new StoreUnreachable(
                "compare " + key + " of " + source.name() + " and " + target.name(),
                "it could not be read (" + why + ")",
                "check that both sides answer, then compare again",
                e);
    }
}
