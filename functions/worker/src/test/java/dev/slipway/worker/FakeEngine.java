package dev.slipway.worker;

import dev.slipway.migration.Accord;
import dev.slipway.migration.AppLogins;
import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.CopyPace;
import dev.slipway.migration.Engine;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Following;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Shard;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores that are texts, in memory. Writes down in which order it was asked to change something. */
final class FakeEngine implements Engine {
    private final StoreKind kind;
    final Map<String, String> stores = new HashMap<>();
    final Map<String, FenceToken> fences = new HashMap<>();
    final List<String> deeds = new ArrayList<>();
    final List<CopyPace> paces = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> streams = new ArrayList<>();
    final List<String> unreachable = new ArrayList<>();
    List<Finding> findings = List.of();
    List<Finding> left = List.of();
    Runnable duringCompare = () -> {};
    Optional<Comparison> comparison = Optional.empty();
    boolean isCopiedByOne;

    FakeEngine(StoreKind kind) {
        this.kind = kind;
    }

    @Override
    public StoreKind kind() {
        return kind;
    }

    @Override
    public Inspection inspect(StoreUrl store) {
        String content = content(store);
        return new Inspection(kind, "15.12", content.length(), content.length(), content.isEmpty(), findings);
    }

    @Override
    public SnapshotManifest snapshot(StoreUrl source, Artifacts artifacts, String prefix, Progress progress) {
        byte[] content = content(source).getBytes(StandardCharsets.UTF_8);
        try {
            artifacts.write(prefix + "part", out -> out.write(content));
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            return new SnapshotManifest(
                    kind,
                    "text",
                    content.length,
                    List.of(new SnapshotManifest.Part(prefix + "part", content.length, sha256)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CopyOutcome copy(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        requireFence(source, options.fence());
        deeds.add("copy");
        paces.add(options.pace());
        notes.add(options.notes().map(CopyNotes::prefix).orElse("none"));
        stores.put(target.host(), content(source));
        return new CopyOutcome.Copied(content(source).length(), content(source).length(), left, Optional.empty());
    }

    @Override
    public Optional<AppLogins> logins() {
        return Optional.of((store, logins) -> deeds.add("logins " + logins + " on " + store.host()));
    }

    @Override
    public Optional<Following> following() {
        return Optional.of(new TextFollowing());
    }

    private final class TextFollowing implements Following {
        @Override
        public CopyOutcome begin(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
            deeds.add("follow " + source.host() + (options.ownsTarget() ? " onto its own target" : ""));
            paces.add(options.pace());
            stores.put(target.host(), content(source));
            streams.add(source.host() + " to " + target.host());
            return new CopyOutcome.Copied(
                    content(source).length(), content(source).length(), left, Optional.empty());
        }

        @Override
        public Optional<Lag> lag(StoreUrl source, StoreUrl target) {
            return streams.contains(source.host() + " to " + target.host())
                    ? Optional.of(new Lag(0, 0, Optional.empty(), true))
                    : Optional.empty();
        }

        @Override
        public Turn turn(StoreUrl writer, StoreUrl follower, Duration longest, Accord accord, Progress progress) {
            throw new UnsupportedOperationException("all stores turn together");
        }

        @Override
        public void stay(StoreUrl writer, StoreUrl follower) {
            deeds.add("stay with " + writer.host());
        }

        @Override
        public void end(StoreUrl writer, StoreUrl follower) {
            deeds.add("end " + writer.host() + " to " + follower.host());
            if (unreachable.contains(writer.host())) {
                throw new StoreUnreachable("end", writer + " does not answer", "start it");
            }
            streams.remove(writer.host() + " to " + follower.host());
            if (unreachable.contains(follower.host())) {
                throw new StoreUnreachable("end", follower + " does not answer", "start it");
            }
        }
    }

    /** Each shard has one letter of the text. */
    @Override
    public Optional<ShardedCopy> sharded() {
        return isCopiedByOne ? Optional.empty() : Optional.of(new TextShards());
    }

    private final class TextShards implements ShardedCopy {
        @Override
        public Held begin(StoreUrl source, StoreUrl target, CopyOptions options, int workers) {
            requireFence(source, options.fence());
            notes.add(options.notes().map(CopyNotes::prefix).orElse("none"));
            deeds.add("begin for " + workers);
            stores.put(target.host(), "");
            return new HeldText(content(source)
                    .chars()
                    .mapToObj(letter -> Character.toString(letter))
                    .map(letter -> new Shard(letter, "moment", "claim", 1, List.of(new Shard.Piece("text", letter))))
                    .toList());
        }

        @Override
        public CopyOutcome.Copied copy(
                StoreUrl source, StoreUrl target, CopyOptions options, Shard shard, Progress progress) {
            requireFence(source, options.fence());
            paces.add(options.pace());
            notes.add(options.notes().map(CopyNotes::prefix).orElse("none"));
            stores.merge(target.host(), shard.name(), String::concat);
            return new CopyOutcome.Copied(1, 1);
        }
    }

    /** Nothing has to be held of a text. */
    private record HeldText(List<Shard> shards) implements ShardedCopy.Held {
        @Override
        public boolean stands() {
            return true;
        }

        @Override
        public void close() {}
    }

    private void requireFence(StoreUrl source, Optional<FenceToken> fence) {
        if (!fenced(source).equals(fence)) {
            throw new FenceBroken("copy", "the source is not fenced", "fence it");
        }
    }

    @Override
    public Comparison compare(StoreUrl source, StoreUrl target, Progress progress) {
        duringCompare.run();
        return comparison.orElseGet(() -> content(source).equals(content(target))
                ? new Comparison.Same(content(source).length(), content(source).length(), "abc")
                : new Comparison.Different(
                        1, List.of(new Comparison.Difference(Comparison.Side.BOTH, "row 1", "other text"))));
    }

    @Override
    public void fence(StoreUrl store, FenceToken token) {
        deeds.add("fence " + store.host());
        fences.put(store.host(), token);
    }

    @Override
    public Optional<FenceToken> fenced(StoreUrl store) {
        return Optional.ofNullable(fences.get(store.host()));
    }

    @Override
    public void unfence(StoreUrl store, FenceToken token) {
        deeds.add("unfence " + store.host());
        fences.remove(store.host());
    }

    private String content(StoreUrl store) {
        return stores.getOrDefault(store.host(), "");
    }
}
