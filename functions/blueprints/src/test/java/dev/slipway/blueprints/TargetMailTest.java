package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static dev.slipway.blueprints.Templates.typesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The lines of the preschool's guide about what leaves the app: "Email: Amazon SES", "SMS: Amazon SNS". */
final class TargetMailTest {
    private static final String IDENTITY = "AWS::SES::EmailIdentity";
    private final TargetSpec shop = shop("AWS_SES_REGION: us-east-1, EMAIL_FROM: shop@mail.shop.example")
            .withHostedZone("Z1");

    @Test
    void emailAmazonSesKnowsTheDomainByRecordsInItsZone() {
        JsonNode template = template(shop);
        assertThat(property(template, "MailIdentity", "EmailIdentity").asText()).isEqualTo("shop.example");
        for (int record = 1; record <= 3; record++) {
            String name = "MailDkim" + record;
            assertThat(property(template, name, "HostedZoneId").toString()).isEqualTo("{\"Ref\":\"HostedZoneId\"}");
            assertThat(property(template, name, "Name").toString())
                    .isEqualTo("{\"Fn::GetAtt\":[\"MailIdentity\",\"DkimDNSTokenName" + record + "\"]}");
            assertThat(property(template, name, "ResourceRecords").toString())
                    .isEqualTo("[{\"Fn::GetAtt\":[\"MailIdentity\",\"DkimDNSTokenValue" + record + "\"]}]");
        }
    }

    @Test
    void isNotMadeWhereTheAccountHasItOrNoZoneCanShowIt() {
        assertThat(typesOf(template(shop.withMailKnown(true)))).doesNotContainKey(IDENTITY);
        TargetSpec elsewhere = shop("SMTP_HOST: mail.other.example, SMTP_FROM: Shop <shop@other.example>");
        assertThat(typesOf(template(elsewhere.withHostedZone("Z1")))).doesNotContainKey(IDENTITY);
        assertThat(elsewhere.mailDomain()).isEmpty();
    }

    @Test
    void whoeverSendsMailMaySendItAsThatDomainOnly() {
        JsonNode statement =
                property(template(shop), "WebMail", "PolicyDocument").at("/Statement/0");
        assertThat(statement.path("Action"))
                .extracting(JsonNode::asText)
                .containsExactly("ses:SendEmail", "ses:SendRawEmail");
        assertThat(statement.at("/Resource/Fn::Sub").asText()).endsWith(":identity/shop.example");
        assertThat(template(shop).path("Resources").has("ApiTaskRole")).isFalse();
    }

    @Test
    void smsAmazonSnsIsForTelephonesAndForNoTopic() {
        JsonNode statement = property(template(shop("AWS_SNS_REGION: us-east-1")), "WebSms", "PolicyDocument")
                .at("/Statement/0");
        assertThat(statement.path("Action").asText()).isEqualTo("sns:Publish");
        assertThat(statement.at("/NotResource/Fn::Sub").asText()).isEqualTo("arn:${AWS::Partition}:sns:*:*:*");
    }

    @Test
    void aProviderOfMailNeedsNoRightsInTheAccount() {
        JsonNode template = template(shop("SENDGRID_API_KEY: '${KEY}'").withHostedZone("Z1"));
        assertThat(typesOf(template)).doesNotContainKey(IDENTITY);
        assertThat(template.path("Resources").has("WebTaskRole")).isFalse();
    }

    private static TargetSpec shop(String environment) {
        return Targets.of("""
                services:
                  web: {image: "shop/web:1", ports: ["80:3000"], environment: {%s}}
                  api: {image: "shop/api:1", expose: [8080]}
                """.formatted(environment), "traffic: {zone: shop.example, record: www.shop.example}");
    }
}
