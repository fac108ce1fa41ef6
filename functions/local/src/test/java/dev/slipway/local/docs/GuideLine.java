package dev.slipway.local.docs;

import java.util.List;

/**
 * What docs/guides.md says of a line of a guide.
 *
 * @param guide whose it is
 * @param section the guide's own name of it
 * @param line as the guide has it
 * @param answers one at least
 * @param how in a few words, or why not
 */
record GuideLine(String guide, String section, String line, List<Answer> answers, String how) {
    /** What stands in the column "answered by". */
    sealed interface Answer {
        /** A test asserts the line. */
        record Proof(String type, String method) implements Answer {}

        /** The line stands in a template. */
        record TemplateLine(String file, String text) implements Answer {}

        /** No software does it. */
        record Person() implements Answer {}

        /** Nothing does it yet. */
        record NotYet() implements Answer {}
    }

    /** The column of the table of sums that counts a line. */
    enum Kind {
        TESTS,
        TEMPLATE,
        PERSON,
        NOT_YET
    }

    /** What is missing counts before what is there. */
    Kind kind() {
        if (has(Answer.NotYet.class)) {
            return Kind.NOT_YET;
        }
        if (has(Answer.Person.class)) {
            return Kind.PERSON;
        }
        return has(Answer.Proof.class) ? Kind.TESTS : Kind.TEMPLATE;
    }

    private boolean has(Class<? extends Answer> type) {
        return answers.stream().anyMatch(type::isInstance);
    }
}
