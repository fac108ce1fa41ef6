package dev.slipway.local.account;

import java.util.List;
import java.util.regex.Pattern;

/** What a linter finds and is left as it is, each with its reason: {@code rule | resources | reason}. */
record Exceptions(List<Allowed> allowed) {
    /** One rule for the resources whose type and name match. */
    record Allowed(String rule, Pattern resources) {
        boolean covers(Finding finding) {
            return rule.equals(finding.rule())
                    && resources.matcher(finding.resource()).matches();
        }
    }

    /** @param resource its type and logical id, e.g. {@code AWS::S3::Bucket.MediaBucket} */
    record Finding(String rule, String resource, String file) {}

    static Exceptions of(String file) {
        return new Exceptions(Table.rows(file)
                .map(columns -> new Allowed(columns.get(0), Pattern.compile(columns.get(1))))
                .toList());
    }

    /** What no exception covers. */
    List<Finding> unexpected(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> allowed.stream().noneMatch(one -> one.covers(finding)))
                .toList();
    }

    /** Exceptions that nothing needs any more. */
    List<Allowed> idle(List<Finding> findings) {
        return allowed.stream()
                .filter(one -> findings.stream().noneMatch(one::covers))
                .toList();
    }
}
