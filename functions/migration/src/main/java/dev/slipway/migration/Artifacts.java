package dev.slipway.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The place for plans, manifests, safety copies and reports: a bucket, or a folder. Keys are slash-separated. */
public interface Artifacts {

    /** Writes an artifact whole or not at all: it appears only when {@code content} returned normally. */
    void write(String key, Content content) throws IOException;

    /** The artifact's content, or empty where there is none of that key. */
    Optional<InputStream> read(String key) throws IOException;

    /** Keys that start with the prefix, in order. */
    List<String> list(String prefix) throws IOException;

    /** Removes an artifact, if it is there. */
    void delete(String key) throws IOException;

    /** Where a person finds the artifact: a URL or a path. */
    String location(String key);

    /** Produces an artifact's bytes. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
