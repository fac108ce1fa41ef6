package dev.slipway.objects;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.PairPlace;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes of a migration whose target is its own, and what is asked of them. */
record CountedNotes(Artifacts artifacts, List<String> asked) implements Artifacts {

    CountedNotes(Artifacts artifacts) {
        this(artifacts, new CopyOnWriteArrayList<>());
    }

    PairPlace place(PairPlace of) {
        return new PairPlace(of.name(), new CopyNotes(this, ""), of.lock(), /* owned= */ true);
    }

    @Override
    public void write(String key, Content content) throws IOException {
        asked.add("write " + key);
        artifacts.write(key, content);
    }

    @Override
    public Optional<InputStream> read(String key) throws IOException {
        asked.add("read " + key);
        return artifacts.read(key);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        asked.add("list " + prefix);
        return artifacts.list(prefix);
    }

    @Override
    public void delete(String key) throws IOException {
        asked.add("delete " + key);
        artifacts.delete(key);
    }

    @Override
    public String location(String key) {
        return artifacts.location(key);
    }
}
