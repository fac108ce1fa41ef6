package dev.slipway.objects.settings;

/** What a bucket has beside its objects. */
public enum Setting {
    CORS("cors", "CORS"),
    LIFECYCLE("lifecycle", "lifecycle rules"),
    VERSIONING("versioning", "versioning"),
    POLICY("policy", "a policy"),
    ENCRYPTION("encryption", "default encryption"),
    NOTIFICATIONS("notifications", "notifications"),
    OBJECT_LOCK("objectLock", "object lock"),
    WEBSITE("website", "a website"),
    PUBLIC_ACCESS("publicAccess", "a block of public access");

    private final String field;
    private final String words;

    Setting(String field, String words) {
        this.field = field;
        this.words = words;
    }

    /** Its name in JSON. */
    public String field() {
        return field;
    }

    /** Its name in a sentence. */
    public String words() {
        return words;
    }
}
