package dev.slipway.objects.settings;

import dev.slipway.objects.place.Bucket;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** All settings of a bucket, each asked for on its own, because a login or a server may answer some and not others. */
public record Settings(Map<Setting, SettingState> states) {
    public Settings {
        states = Collections.unmodifiableMap(new EnumMap<>(states));
    }

    public static Settings of(Bucket bucket) {
        Map<Setting, SettingState> states = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            states.put(setting, state(() -> ask(setting, bucket)));
        }
        return new Settings(states);
    }

    public SettingState state(Setting setting) {
        return states.getOrDefault(setting, new SettingState.Absent());
    }

    private static Optional<SettingState.Present> ask(Setting setting, Bucket bucket) {
        S3Client s3 = bucket.s3();
        String name = bucket.bucket();
        return switch (setting) {
            case CORS -> CorsSetting.of(s3.getBucketCors(request -> request.bucket(name)));
            case LIFECYCLE ->
                new LifecycleSetting(bucket.fullKey(""))
                        .of(s3.getBucketLifecycleConfiguration(request -> request.bucket(name)));
            case VERSIONING -> OtherSettings.versioning(s3.getBucketVersioning(request -> request.bucket(name)));
            case POLICY -> PolicySetting.of(s3.getBucketPolicy(request -> request.bucket(name)));
            case ENCRYPTION -> OtherSettings.encryption(s3.getBucketEncryption(request -> request.bucket(name)));
            case NOTIFICATIONS ->
                OtherSettings.notifications(s3.getBucketNotificationConfiguration(request -> request.bucket(name)));
            case OBJECT_LOCK ->
                OtherSettings.objectLock(s3.getObjectLockConfiguration(request -> request.bucket(name)));
            case WEBSITE -> OtherSettings.website(s3.getBucketWebsite(request -> request.bucket(name)));
            case PUBLIC_ACCESS -> OtherSettings.publicAccess(s3.getPublicAccessBlock(request -> request.bucket(name)));
        };
    }

    /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: where a setting is not there, each has a 404 of its own. */
    private static SettingState state(Supplier<Optional<SettingState.Present>> question) {
        try {
            return question.get().<SettingState>map(present -> present).orElseGet(SettingState.Absent::new);
        } catch (S3Exception e) {
            String code = e.awsErrorDetails() == null
                    ? ""
                    : Optional.ofNullable(e.awsErrorDetails().errorCode()).orElse("");
            return switch (e.statusCode()) {
                case 403 -> new SettingState.NotPermitted();
                case 404 -> code.equals("NoSuchBucket") ? unknown(e, code) : new SettingState.Absent();
                case 405, 501 -> new SettingState.NotSupported();
                default -> code.equals("NotImplemented") ? new SettingState.NotSupported() : unknown(e, code);
            };
        } catch (SdkException e) {
            return new SettingState.Unknown(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static SettingState unknown(S3Exception e, String code) {
        return new SettingState.Unknown(("it answered " + e.statusCode() + " " + code).strip());
    }
}
