package dev.slipway.compose.routes;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Follows {@code include} among the files of an nginx that are at hand. */
final class NginxIncludes {
    /** Files that lead nothing anywhere. */
    private static final Pattern ORDINARY =
            Pattern.compile(".*(mime\\.types|params|letsencrypt|ssl|certbot|proxy|security|headers|gzip|\\*).*");

    private static final int DEEPEST = 8;

    private final Leads leads;
    private final List<ConfigText> files;

    NginxIncludes(Leads leads, List<ConfigText> files) {
        this.leads = leads;
        this.files = List.copyOf(files);
    }

    /** The directives of a block, each {@code include} replaced by what it names. */
    List<Directive> within(List<Directive> block) {
        return within(block, 0);
    }

    private List<Directive> within(List<Directive> block, int depth) {
        return block.stream()
                .flatMap(directive -> directive.name().equals("include") && depth < DEEPEST
                        ? within(included(directive), depth + 1).stream()
                        : Stream.of(directive))
                .toList();
    }

    private List<Directive> included(Directive include) {
        String wanted = include.word(0);
        String path = wanted.startsWith("/") ? wanted : "/etc/nginx/" + wanted;
        Pattern pattern = Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]*\\Q"));
        List<ConfigText> included = files.stream()
                .filter(file -> pattern.matcher(file.target()).matches())
                .sorted(Comparator.comparing(ConfigText::target))
                .toList();
        if (included.isEmpty() && !ORDINARY.matcher(wanted).matches()) {
            leads.unread(include.from(), "includes " + wanted + ", which is not at hand: what it holds is unknown");
        }
        return included.stream().flatMap(file -> Directive.parse(file).stream()).toList();
    }
}
