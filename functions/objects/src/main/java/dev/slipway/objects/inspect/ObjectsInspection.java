package dev.slipway.objects.inspect;

import dev.slipway.migration.Detail;
import dev.slipway.migration.Details;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Inspection;
import dev.slipway.migration.StoreKind;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Folder;
import dev.slipway.objects.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Says what a place holds, and names what has no place in a bucket. */
public final class ObjectsInspection {
    private ObjectsInspection() {}

    public static Inspection of(Folder folder) {
        FolderSurvey survey = new FolderSurvey(folder);
        folder.walk(survey);
        return inspection(survey.count(), survey.bytes(), survey.details(), survey.findings());
    }

    public static Inspection of(Bucket bucket) {
        Settings settings = Settings.of(bucket);
        BucketSurvey survey = new BucketSurvey(bucket).look(settings);
        BucketFindings own = new BucketFindings(settings);
        List<Detail> details = new ArrayList<>(survey.details());
        details.addAll(own.details());
        List<Finding> findings = new ArrayList<>(own.findings());
        findings.addAll(survey.findings());
        return inspection(survey.count(), survey.bytes(), details, findings);
    }

    /** What a bucket has otherwise than another one, beside their objects. */
    public static List<Finding> between(Bucket source, Bucket target) {
        return new BucketFindings(Settings.of(source)).against(Settings.of(target));
    }

    private static Inspection inspection(long items, long bytes, List<Detail> details, List<Finding> findings) {
        return new Inspection(StoreKind.OBJECTS, "", items, bytes, items == 0, new Details(details), findings);
    }
}
