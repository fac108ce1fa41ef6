package dev.slipway.objects;

import dev.slipway.migration.Artifacts;
import dev.slipway.migration.Comparison;
import dev.slipway.migration.CopyNotes;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.Engine;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.FollowPlaces;
import dev.slipway.migration.Following;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.Progress;
import dev.slipway.migration.Repair;
import dev.slipway.migration.ShardedCopy;
import dev.slipway.migration.SnapshotManifest;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.objects.compare.ObjectsCompare;
import dev.slipway.objects.compare.VersionsCompare;
import dev.slipway.objects.copy.CopyJob;
import dev.slipway.objects.copy.ObjectsCopy;
import dev.slipway.objects.copy.Replacement;
import dev.slipway.objects.copy.VersionsCopy;
import dev.slipway.objects.fence.FenceFile;
import dev.slipway.objects.fence.FolderFence;
import dev.slipway.objects.follow.FollowPace;
import dev.slipway.objects.follow.ObjectsFollowing;
import dev.slipway.objects.inspect.ObjectsInspection;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.ObjectPlace;
import dev.slipway.objects.place.Places;
import dev.slipway.objects.repair.ObjectsRepair;
import dev.slipway.objects.session.Overlap;
import dev.slipway.objects.session.S3Clients;
import dev.slipway.objects.session.UrlTerms;
import dev.slipway.objects.snapshot.ObjectsSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Moves a folder ({@code file:///dir}) or a bucket's prefix into a bucket's prefix. A folder is fenced by its modes. A bucket as the
 * source cannot be fenced here (its policy is its owner's), so {@link #fence} refuses it, and a copy from one needs no fence but fails
 * if the list of its objects is another afterwards.
 */
public final class ObjectsEngine implements Engine {
    private final Places places;
    private final int partBytes;
    private final Optional<FollowPlaces> kept;
    private final FollowPace pace;

    public ObjectsEngine() {
        this(S3Clients::of);
    }

    public ObjectsEngine(Function<StoreUrl, S3Client> clients) {
        this(clients, ObjectsCopy.PART);
    }

    ObjectsEngine(Function<StoreUrl, S3Client> clients, int partBytes) {
        this(clients, partBytes, Optional.empty(), FollowPace.DEFAULT);
    }

    private ObjectsEngine(
            Function<StoreUrl, S3Client> clients, int partBytes, Optional<FollowPlaces> kept, FollowPace pace) {
        this.places = new Places(clients);
        this.partBytes = partBytes;
        this.kept = kept;
        this.pace = pace;
    }

    /** An engine of which a target can follow, because there is a place to note how far it is. */
    public static ObjectsEngine following(FollowPlaces kept) {
        return following(kept, FollowPace.DEFAULT);
    }

    static ObjectsEngine following(FollowPlaces kept, FollowPace pace) {
        return new ObjectsEngine(S3Clients::of, ObjectsCopy.PART, Optional.of(kept), pace);
    }

    @Override
    public StoreKind kind() {
        return StoreKind.OBJECTS;
    }

    @Override
    public Inspection inspect(StoreUrl store) {
        if (Places.isFolder(store)) {
            return ObjectsInspection.of(Places.folder(store));
        }
        try (Bucket bucket = places.bucket(store)) {
            return ObjectsInspection.of(bucket);
        }
    }

    @Override
    public List<Finding> between(StoreUrl source, StoreUrl target) {
        if (Places.isFolder(source) || Places.isFolder(target)) {
            return List.of();
        }
        try (Bucket from = places.bucket(source);
                Bucket to = places.bucket(target)) {
            return ObjectsInspection.between(from, to);
        }
    }

    @Override
    public SnapshotManifest snapshot(StoreUrl source, Artifacts artifacts, String prefix, Progress progress) {
        return places.with(
                source,
                place -> new ObjectsSnapshot(place, artifacts, ObjectsSnapshot.PART, progress).snapshot(prefix));
    }

    @Override
    public CopyOutcome copy(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        Places.requireBucket("copy to", target);
        Overlap.forbid("copy", source, target);
        if (UrlTerms.meansVersions(source)) {
            return copyVersions(source, target, options, progress);
        }
        try (Bucket bucket = places.bucket(target)) {
            return places.with(
                    source,
                    place -> options.fence().isPresent() && place instanceof Folder folder
                            ? copyFenced(folder, bucket, target, options, progress)
                            : copy(place, bucket, target, options, "", progress));
        }
    }

    private CopyOutcome copyVersions(StoreUrl source, StoreUrl target, CopyOptions options, Progress progress) {
        try (Bucket to = places.bucket(target);
                Bucket from = places.bucket(source)) {
            return new VersionsCopy(from, to, target, partBytes, options, progress).copy();
        }
    }

    @Override
    public Optional<ShardedCopy> sharded() {
        return Optional.of(new ShardedObjects(places, partBytes));
    }

    @Override
    public Optional<Following> following() {
        return kept.map(noted -> new ObjectsFollowing(this, places, partBytes, noted, pace));
    }

    private CopyOutcome copy(
            ObjectPlace source, Bucket bucket, StoreUrl target, CopyOptions options, String ground, Progress progress) {
        return new ObjectsCopy(new CopyJob(source, bucket, target, partBytes, options, ground, progress)).copy();
    }

    @Override
    public Comparison compare(StoreUrl source, StoreUrl target, Progress progress) {
        if (UrlTerms.meansVersions(source)) {
            Places.requireBucket("compare all versions with", target);
            try (Bucket from = places.bucket(source);
                    Bucket to = places.bucket(target)) {
                return new VersionsCompare(from, to, progress).compare();
            }
        }
        return places.with(
                source,
                here -> places.with(target, there -> {
                    Comparison comparison = new ObjectsCompare(here, there, progress).compare();
                    if (here instanceof Folder folder) {
                        new FolderFence(folder).requireUntouched();
                    }
                    return comparison;
                }));
    }

    @Override
    public Repair repair(StoreUrl source, StoreUrl target, Progress progress) {
        return repair(source, target, Optional.empty(), progress);
    }

    @Override
    public Repair repair(StoreUrl source, StoreUrl target, Optional<CopyNotes> notes, Progress progress) {
        Places.requireBucket("repair", target);
        Overlap.forbid("repair", source, target);
        if (UrlTerms.meansVersions(source)) {
            throw new InvalidInput(
                    "repair all versions in " + target,
                    "a bucket's history can only be added to",
                    "copy them to an empty prefix, or repair the current ones without ?versions=all");
        }
        try (Bucket bucket = places.bucket(target)) {
            return places.with(source, place -> {
                Replacement replacement = Replacement.begin(place, bucket, target, partBytes, notes);
                Repair repair = new ObjectsRepair(place, bucket, replacement, progress).run();
                if (place instanceof Folder folder) {
                    new FolderFence(folder).requireUntouched();
                }
                return repair;
            });
        }
    }

    @Override
    public void fence(StoreUrl store, FenceToken token) {
        if (!Places.isFolder(store)) {
            throw new InvalidInput(
                    "fence the bucket " + store,
                    "a bucket's policy is its owner's to change",
                    "deny the app s3:PutObject and s3:DeleteObject in it for as long as the migration runs");
        }
        new FolderFence(Folder.of(store)).fence(token);
    }

    @Override
    public Optional<FenceToken> fenced(StoreUrl store) {
        return Places.isFolder(store)
                ? new FolderFence(Folder.of(store)).standing().map(FenceFile.State::token)
                : Optional.empty();
    }

    @Override
    public void unfence(StoreUrl store, FenceToken token) {
        if (Places.isFolder(store)) {
            new FolderFence(Folder.of(store)).unfence(token);
        }
    }

    private CopyOutcome copyFenced(
            Folder source, Bucket bucket, StoreUrl target, CopyOptions options, Progress progress) {
        FenceToken token = options.fence().orElseThrow();
        FolderFence fence = new FolderFence(source);
        String before = fence.require(token);
        CopyOutcome outcome = copy(source, bucket, target, options, before, progress);
        requireStanding(source, fence.require(token), before);
        return outcome;
    }

    static void requireStanding(Folder source, String now, String before) {
        if (!now.equals(before)) {
            throw new FenceBroken(
                    "copy " + source.name(),
                    "the fence was lifted and put up again meanwhile",
                    "stop what writes there and copy it again");
        }
    }
}
