package dev.slipway.compose.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes paths as the load balancer's rules do: {@code *} for any characters. */
final class PathRules {
    /** The most values that a rule may have. */
    private static final int MOST = 5;

    private static final Pattern CHOICE = Pattern.compile("\\((?:\\?:)?([\\w./|-]+)\\)");

    private PathRules() {}

    /** Everything that begins so. */
    static String prefix(String path) {
        return (path.startsWith("/") ? path : "/" + path) + "*";
    }

    /** The rules for a regular expression; empty where they cannot say it. */
    static List<String> regex(String expression) {
        List<String> rules = new ArrayList<>();
        for (String choice : choices(expression)) {
            boolean begins = choice.startsWith("^");
            boolean ends = choice.endsWith("$");
            String plain = choice.substring(begins ? 1 : 0, choice.length() - (ends ? 1 : 0))
                    .replace("\\.", ".")
                    .replace("\\/", "/")
                    .replaceAll("\\(?(?<!\\\\)\\.[*+]\\)?", "*");
            String rule = (begins ? "" : "/*") + plain + (ends ? "" : "*");
            if (!rule.matches("/[A-Za-z0-9_./*-]*")) {
                return List.of();
            }
            rules.add(rule.replaceAll("\\*{2,}", "*"));
        }
        return rules.size() > MOST ? List.of() : rules.stream().distinct().toList();
    }

    private static List<String> choices(String expression) {
        Matcher group = CHOICE.matcher(expression);
        if (!group.find()) {
            return List.of(expression);
        }
        List<String> choices = new ArrayList<>();
        for (String choice : group.group(1).split("\\|", -1)) {
            choices.addAll(
                    choices(expression.substring(0, group.start()) + choice + expression.substring(group.end())));
        }
        return choices;
    }
}
