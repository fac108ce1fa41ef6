package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;

/**
 * A trap, named by its number and kind.
 *
 * @param lay makes it
 * @param lift takes it away where it is not the database's alone
 */
record LaidTrap(String name, String lay, String lift, Severity severity, String subject, String what, String remedy) {
    static LaidTrap laid(String name, String lay, Severity severity, String subject, String what, String remedy) {
        return new LaidTrap(name, lay, "", severity, subject, what, remedy);
    }

    static LaidTrap laid(
            String name, String lay, String lift, Severity severity, String subject, String what, String remedy) {
        return new LaidTrap(name, lay, lift, severity, subject, what, remedy);
    }

    void requireIn(Finding finding) {
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.subject()).startsWith(subject);
        assertThat(finding.message()).contains(what).contains(remedy).doesNotContain("{", "\n");
    }

    @Override
    public String toString() {
        return name;
    }
}
