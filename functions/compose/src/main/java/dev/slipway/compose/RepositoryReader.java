package dev.slipway.compose;

import dev.slipway.migration.spec.Repository;
import java.util.Optional;

/** Reads {@code repository} of {@code slipway.yaml}. */
final class RepositoryReader {
    private static final String CONNECTION = "connection";
    private static final String NAME = "name";

    private RepositoryReader() {}

    static Optional<Repository> read(SpecKeys keys) {
        keys.allow(CONNECTION, NAME, "branch");
        Optional<String> connection = keys.matching(
                CONNECTION,
                "arn:aws[a-z-]*:(codeconnections|codestar-connections):\\S+:connection/\\S+",
                "the ARN of a connection, which 'aws codeconnections list-connections' prints");
        Optional<String> name =
                keys.matching(NAME, "[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+", "the repository as OWNER/NAME");
        if (connection.isPresent() != name.isPresent()) {
            String missing = connection.isPresent() ? NAME : CONNECTION;
            throw keys.at(connection.isPresent() ? CONNECTION : NAME)
                    .invalid("repository has no '" + missing + "'", "say it, too, or neither");
        }
        String branch = keys.text("branch").orElse(Repository.USUAL_BRANCH);
        return connection.flatMap(arn -> name.map(repository -> new Repository(arn, repository, branch)));
    }
}
