package dev.slipway.objects;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.place.ObjectPlace;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/** The places that URLs name. */
record Places(Function<StoreUrl, S3Client> clients) {

    static boolean isFolder(StoreUrl url) {
        return url.scheme().equals("file");
    }

    static void requireBucket(String verb, StoreUrl target) {
        if (isFolder(target)) {
            throw new InvalidInput(
                    verb + " " + target, "a folder cannot be a target", "name a bucket: s3://bucket/prefix");
        }
    }

    Bucket bucket(StoreUrl url) {
        return new Bucket(clients.apply(url), url);
    }

    <T> T with(StoreUrl url, Function<ObjectPlace, T> work) {
        if (isFolder(url)) {
            return work.apply(Folder.of(url));
        }
        try (Bucket bucket = bucket(url)) {
            return work.apply(bucket);
        }
    }
}
