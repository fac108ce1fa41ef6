package dev.slipway.objects.place;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.session.UrlTerms;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/** The places that URLs name. */
public record Places(Function<StoreUrl, S3Client> clients) {

    public static boolean isFolder(StoreUrl url) {
        return url.scheme().equals("file");
    }

    public static void requireBucket(String verb, StoreUrl target) {
        if (isFolder(target)) {
            throw new InvalidInput(
                    verb + " " + target, "a folder cannot be a target", "name a bucket: s3://bucket/prefix");
        }
    }

    public static Folder folder(StoreUrl url) {
        UrlTerms.require(url);
        return Folder.of(url);
    }

    /** @throws StoreUnreachable if it does not answer as S3 does, soon */
    public Bucket bucket(StoreUrl url) {
        UrlTerms.require(url);
        Bucket bucket = new Bucket(clients.apply(url), url);
        try {
            bucket.requireAnswer();
            return bucket;
        } catch (StoreUnreachable e) {
            bucket.close();
            throw e;
        }
    }

    public <T> T with(StoreUrl url, Function<ObjectPlace, T> work) {
        if (isFolder(url)) {
            return work.apply(folder(url));
        }
        try (Bucket bucket = bucket(url)) {
            return work.apply(bucket);
        }
    }
}
