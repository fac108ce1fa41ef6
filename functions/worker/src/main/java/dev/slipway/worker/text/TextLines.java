package dev.slipway.worker.text;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Text;

/**
 * Breaks text between words, and a longer word after a mark of its own: the library's table would break a URL behind any of
 * its colons.
 */
final class TextLines {
    private static final String MARKS = "/,;?&@";

    private TextLines() {}

    /** Lines of at most that width, of which nothing but spaces is missing. */
    static List<Text> of(Text text, int width) {
        List<Text> lines = new ArrayList<>();
        Text rest = text;
        while (width(rest) > width) {
            int end = end(rest, width);
            lines.add(rest.substring(0, end));
            rest = rest.substring(next(rest.plainString(), end));
        }
        lines.add(rest);
        return lines;
    }

    /** How many columns it takes; a pair of characters takes two. */
    static int width(Text text) {
        return Math.max(text.getCJKAdjustedLength(), text.plainString().length());
    }

    private static int next(String text, int end) {
        int next = end;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        return next;
    }

    private static int end(Text text, int width) {
        String plain = text.plainString();
        int fits = fits(text, width);
        int space = plain.lastIndexOf(' ', fits);
        if (space > 0 && !plain.substring(0, space).isBlank()) {
            return space;
        }
        for (int end = fits; end > fits / 2; end--) {
            if (MARKS.indexOf(plain.charAt(end - 1)) >= 0 && plain.charAt(end) != '/') {
                return end;
            }
        }
        return fits;
    }

    /** How many characters are at most so wide, at least one; no pair is torn. */
    private static int fits(Text text, int width) {
        int end = Math.min(width, text.plainString().length() - 1);
        while (end > 1 && width(text.substring(0, end)) > width) {
            end--;
        }
        boolean torn = Character.isHighSurrogate(text.plainString().charAt(end - 1));
        return torn ? Math.max(2, end - 1) : end;
    }
}
