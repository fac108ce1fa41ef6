package dev.slipway.objects.inspect;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.Detail;
import dev.slipway.migration.Finding;
import dev.slipway.objects.settings.Setting;
import dev.slipway.objects.settings.SettingState;
import dev.slipway.objects.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a bucket's own settings mean to a migration, which copies objects. */
final class BucketFindings {
    private static final Map<Setting, String> PROPERTIES = Map.of(
            Setting.CORS, "CorsConfiguration",
            Setting.LIFECYCLE, "LifecycleConfiguration",
            Setting.VERSIONING, "VersioningConfiguration");

    private final Settings settings;

    BucketFindings(Settings settings) {
        this.settings = settings;
    }

    /** Each setting, and last what slipway.yaml takes of them. */
    List<Detail> details() {
        List<Detail> details = new ArrayList<>();
        settings.states()
                .forEach((setting, state) -> details.add(new Detail(setting.field(), value(state), text(state))));
        details.add(new Detail("bucket", carried(), ""));
        return details;
    }

    List<Finding> findings() {
        return Stream.of(
                        files(),
                        expiring(),
                        policy(),
                        other(
                                Setting.NOTIFICATIONS,
                                "they are not carried: set up who is to hear of the target's objects"),
                        other(
                                Setting.OBJECT_LOCK,
                                "it is not carried, nor are retention and legal holds of single objects: a bucket has to be made with it"),
                        other(
                                Setting.WEBSITE,
                                "it is not carried: the target's bucket is not public, put a CloudFront distribution before it"),
                        key())
                .flatMap(Optional::stream)
                .toList();
    }

    /** What differs on the target, of what is known of both. */
    List<Finding> against(Settings target) {
        List<Finding> findings = new ArrayList<>();
        settings.states().forEach((setting, here) -> {
            SettingState there = target.state(setting);
            if (isKnown(here) && isKnown(there) && !value(here).equals(value(there))) {
                findings.add(Finding.warning(
                        setting.field(),
                        "The source has "
                                + (here instanceof SettingState.Absent
                                        ? "no " + setting.words().replaceFirst("^a ", "")
                                        : setting.words() + " (" + here.text() + ")")
                                + ", the target " + (there instanceof SettingState.Absent ? "none" : there.text())
                                + ": a copy does not touch it, set it on the target if it is meant to be the same."));
            }
        });
        return findings;
    }

    private static boolean isKnown(SettingState state) {
        return state instanceof SettingState.Present || state instanceof SettingState.Absent;
    }

    private static Map<String, Object> value(SettingState state) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("state", state instanceof SettingState.Present ? "set" : state.text());
        if (state instanceof SettingState.Present present) {
            value.put("value", present.value());
        }
        return value;
    }

    private static String text(SettingState state) {
        return state instanceof SettingState.Absent ? Detail.NONE : state.text();
    }

    private BucketSettings carried() {
        Map<String, Object> properties = new LinkedHashMap<>();
        PROPERTIES.forEach((setting, property) -> {
            if (settings.state(setting) instanceof SettingState.Present present) {
                properties.put(property, present.value());
            }
        });
        return new BucketSettings(properties);
    }

    private Optional<Finding> files() {
        BucketSettings carried = carried();
        return carried.properties().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Finding.warning(
                                "settings",
                                "A plan is made from files, and "
                                        + String.join(", ", carried.properties().keySet())
                                        + " are in none: put what --json prints as 'bucket' below stores.NAME.bucket of slipway.yaml, and the target's bucket has them."));
    }

    private Optional<Finding> expiring() {
        return settings.state(Setting.LIFECYCLE) instanceof SettingState.Present present
                        && present.text().contains("delete")
                ? Optional.of(
                        Finding.warning(
                                "lifecycle",
                                "Its rules delete objects by their age (" + present.text()
                                        + "), and on the target an object is as old as its copy: what is about to go here stays there for the whole time again."))
                : Optional.empty();
    }

    private Optional<Finding> policy() {
        return other(
                Setting.POLICY,
                "it is not carried, because its principals and ARNs are this server's: the app's services may use the target's bucket by their task's role; give whoever else it names a role or a policy there");
    }

    private Optional<Finding> key() {
        return settings.state(Setting.ENCRYPTION) instanceof SettingState.Present present
                        && present.text().contains("kms")
                ? Optional.of(Finding.warning(
                        "encryption",
                        "Objects are encrypted by a key of KMS (" + present.text()
                                + "): the target's by S3's own (AES256), unless its bucket is told otherwise."))
                : Optional.empty();
    }

    private Optional<Finding> other(Setting setting, String remedy) {
        return settings.state(setting) instanceof SettingState.Present present
                ? Optional.of(Finding.warning(
                        setting.field(),
                        "The bucket has " + setting.words() + " (" + present.text() + "): " + remedy + "."))
                : Optional.empty();
    }
}
