package dev.slipway.worker;

import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.FolderArtifacts;
import dev.slipway.migration.FollowPlaces;
import dev.slipway.migration.PairPlace;
import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where copies by hand remember what they did: a folder for each pair of stores below {@code $XDG_STATE_HOME} or {@code ~/.local/state}.
 * Who may write none copies all the same, and remembers nothing.
 */
final class CopyState {
    private CopyState() {}

    static Optional<CopyNotes> of(StoreUrl source, StoreUrl target, Map<String, String> environment) {
        return folder(source, target, environment).map(folder -> new CopyNotes(new FolderArtifacts(folder), ""));
    }

    /** Where commands on buckets and folders keep how far one follows the other. */
    static FollowPlaces places(Map<String, String> environment) {
        return (source, target) -> folder(source, target, environment).map(PairPlace::folder);
    }

    /** Empty where this user may write none. */
    private static Optional<Path> folder(StoreUrl source, StoreUrl target, Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_STATE_HOME", "");
        Path state = given.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "state")
                : Path.of(given);
        // A StoreUrl's text has no password: another one is the same pair.
        byte[] pair = (source + "\n" + target).getBytes(StandardCharsets.UTF_8);
        Path folder = state.resolve("slipway").resolve("copies").resolve(Sha256.hex(pair));
        return Optional.of(folder).filter(CopyState::isWritable);
    }

    /** Of a folder that is not there yet, whether it could be made. */
    private static boolean isWritable(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there.getParent() != null && Files.notExists(there)) {
            there = there.getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there);
    }
}
