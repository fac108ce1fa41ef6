package dev.slipway.report.plan;

import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All variables of all services: those that change, old beside new, and the others. */
record Variables(List<Group> changed, List<Group> unchanged, int kept) {

    /** Empty where no service has one. */
    static Optional<Variables> of(Plan plan) {
        List<Group> unchanged =
                SharedVariables.unchanged(plan).stream().map(Group::of).toList();
        long kept = plan.environment().stream()
                .filter(variable -> !SharedVariables.isChanged(variable))
                .count();
        return plan.environment().isEmpty()
                ? Optional.empty()
                : Optional.of(new Variables(
                        SharedVariables.changed(plan).stream().map(Group::of).toList(), unchanged, (int) kept));
    }

    boolean hasUnchanged() {
        return !unchanged.isEmpty();
    }

    /** What several services share. */
    record Group(String services, List<Row> rows) {
        static Group of(SharedVariables shared) {
            return new Group(
                    String.join(", ", shared.services()),
                    shared.variables().stream().map(Row::of).toList());
        }
    }

    /** A variable; a side is empty where it is not set there. What delivers it has it at a place. */
    record Row(String name, List<Piece> from, List<Piece> to, Optional<String> by, Optional<String> at) {
        static Row of(PlannedVariable variable) {
            return new Row(
                    variable.name(),
                    pieces(variable.from()),
                    pieces(variable.to()),
                    variable.secret()
                            .map(key -> "Secrets Manager")
                            .or(() -> variable.parameter().map(name -> "Parameter Store")),
                    variable.parameter());
        }

        private static List<Piece> pieces(Optional<SecretTemplate> value) {
            return value.stream()
                    .flatMap(text -> ValuePart.of(text).stream())
                    .map(part -> new Piece(part.kind().name().toLowerCase(Locale.ROOT), part.text()))
                    .toList();
        }

        boolean hasFrom() {
            return !from.isEmpty();
        }

        boolean hasTo() {
            return !to.isEmpty();
        }
    }

    /** A part of a value, and what it is. */
    record Piece(String tone, String text) {}
}
