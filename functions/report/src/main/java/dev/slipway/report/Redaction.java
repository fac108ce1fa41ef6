package dev.slipway.report;

import dev.slipway.migration.Finding;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the passwords out of a text: a report is read by more people than may log in. */
final class Redaction {
    private static final Pattern LOGIN = Pattern.compile("(://[^\\s:/?#@]*):[^\\s/?#]*@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)\\b(\\w*pass(?:word|wd)?|pwd)=(?:'[^']*'|\"[^\"]*\"|[^\\s&;,]+)");

    private Redaction() {}

    static String of(String text) {
        String withoutLogins = LOGIN.matcher(text).replaceAll("$1:***@");
        return PARAMETER.matcher(withoutLogins).replaceAll("$1=***");
    }

    static List<Finding> of(List<Finding> findings) {
        return findings.stream()
                .map(it -> new Finding(it.severity(), it.subject(), of(it.message())))
                .toList();
    }
}
