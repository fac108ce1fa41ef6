package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Finding;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailDomainTest {
    @ParameterizedTest
    @CsvSource({
        "SMTP_HOST: mail.shop.example, shop.example",
        "SMTP_FROM: orders@shop.example, shop.example",
        "EMAIL_FROM: Shop <orders@mail.shop.example>, shop.example",
        "MAIL_SENDER: orders@shop-example.org, shop-example.org",
    })
    void isTheZoneUnlessTheSendersIsAnother(String variable, String domain) {
        assertThat(Planned.withEnvironment(variable).resources())
                .filteredOn(resource -> resource.type().equals("AWS::SES::EmailIdentity"))
                .extracting(PlannedResource::name)
                .containsExactly(domain);
    }

    @Test
    void saysWhatAPersonDoesOnce() {
        assertThat(mail(Planned.withEnvironment("SMTP_FROM: orders@shop.example")))
                .contains("production access");
        assertThat(mail(Planned.withEnvironment("SMTP_FROM: orders@gmail.example")))
                .contains("gmail.example is not within traffic.zone", "aws sesv2 create-email-identity");
    }

    @Test
    void isNoneOfAProviders() {
        Plan plan = Planned.withEnvironment("SENDGRID_API_KEY: '${KEY}', SENDGRID_FROM: orders@shop.example");
        assertThat(plan.resources()).extracting(PlannedResource::type).doesNotContain("AWS::SES::EmailIdentity");
        assertThat(plan.warnings()).extracting(Finding::subject).doesNotContain("mail");
    }

    private static String mail(Plan plan) {
        return plan.warnings().stream()
                .filter(warning -> warning.subject().equals("mail"))
                .map(Finding::message)
                .findFirst()
                .orElse("nothing");
    }
}
