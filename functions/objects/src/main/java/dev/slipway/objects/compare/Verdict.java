package dev.slipway.objects.compare;

/** What became of comparing one object. */
sealed interface Verdict {
    /** @param content a word for content and attributes */
    record Same(long bytes, String content) implements Verdict {}

    record Different(String detail) implements Verdict {}

    record Unknown(String why) implements Verdict {}
}
