package dev.slipway.objects.compare;

/** What became of comparing one object. */
public sealed interface Verdict {
    /**
     * Both are equal.
     *
     * @param content a word for content and attributes
     * @param read whether both sides were read, because no store answers for what it holds
     */
    record Same(long bytes, String content, boolean read) implements Verdict {}

    record Different(String detail) implements Verdict {}

    record Unknown(String why) implements Verdict {}
}
