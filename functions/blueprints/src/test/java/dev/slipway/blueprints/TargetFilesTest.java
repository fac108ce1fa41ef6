package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetFilesTest {
    @Test
    void areTheSameForTheSameTarget() {
        assertThat(TargetFiles.of(Targets.smartboard())).isEqualTo(TargetFiles.of(Targets.smartboard()));
    }

    @Test
    void saysHowTheStackIsMadeByHandAndWhatIsLeft() {
        TargetSpec spec = Targets.of("""
                services:
                  db: {image: "postgres:16", environment: {POSTGRES_PASSWORD: pw, POSTGRES_DB: shop}}
                  web: {build: ., ports: ["80:3000"], environment: {DATABASE_URL: "postgres://postgres:pw@db/shop"}}
                """, "schema: {command: alembic upgrade head}");
        assertThat(TargetFiles.of(spec).get("README.md"))
                .contains(
                        "aws cloudformation deploy --region us-east-1 --stack-name slipway-shop --template-file target.yaml",
                        "CAPABILITY_NAMED_IAM",
                        "`web.DATABASE_URL`",
                        "- Push the image of `web`",
                        "- Run `alembic upgrade head` once the data is there.");
    }

    @Test
    void saysInWhichOrderTheStacksOfTwoRegionsAreMade() {
        TargetSpec spec = Targets.guide("crp-preschool", """
                target: {region: eu-central-1}
                stores: {media: {cdn: media.crpschool.com}}
                traffic: {zone: crpschool.com, record: api.crpschool.com}
                """);
        Map<String, String> files = TargetFiles.of(spec.withHostedZone(TargetSpec.SAID_LATER));
        assertThat(files.get("edge.yaml")).contains("AWS::CertificateManager::Certificate");
        assertThat(files.get("README.md"))
                .containsSubsequence(
                        "First `edge.yaml`",
                        "--region us-east-1 --stack-name slipway-crp-preschool-Edge-eu-central-1 --template-file edge.yaml",
                        "--parameter-overrides HostedZoneId=HOSTEDZONEID",
                        "--region eu-central-1 --stack-name slipway-crp-preschool --template-file target.yaml",
                        "MediaCdnCertificate=MEDIACDNCERTIFICATE");
    }

    @Test
    void namesWhatTheTemplateAsksFor() {
        assertThat(TargetFiles.of(Targets.guide("crp-preschool").withHostedZone(TargetSpec.SAID_LATER))
                        .get("README.md"))
                .contains("stack, which asks for `HostedZoneId`.", "--parameter-overrides HostedZoneId=HOSTEDZONEID");
        assertThat(TargetFiles.of(Targets.crpPreschool()).get("README.md"))
                .contains("stack. Before")
                .doesNotContain("--parameter-overrides");
    }
}
