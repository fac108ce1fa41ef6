package dev.slipway.blueprints;

import static dev.slipway.blueprints.Templates.names;
import static dev.slipway.blueprints.Templates.property;
import static dev.slipway.blueprints.Templates.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.exception.ProvisionFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a compose file's keys stand in a task definition. */
final class ContainerDefinitionTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "entrypoint: [/start, --fast] | /EntryPoint | [\"/start\",\"--fast\"]",
                "working_dir: /app | /WorkingDirectory | \"/app\"",
                "user: '1000:50' | /User | \"1000:50\"",
                "read_only: true | /ReadonlyRootFilesystem | true",
                "stop_grace_period: 1m | /StopTimeout | 60",
                "stop_grace_period: 10m | /StopTimeout | 120",
                "ulimits: {nofile: 4096} | /Ulimits | [{\"Name\":\"nofile\",\"SoftLimit\":4096,\"HardLimit\":4096}]",
                "ulimits: {nofile: {soft: 1024, hard: 4096}} | /Ulimits | [{\"Name\":\"nofile\",\"SoftLimit\":1024,\"HardLimit\":4096}]",
                "cap_drop: [ALL] | /LinuxParameters/Capabilities | {\"Drop\":[\"ALL\"]}",
                "cap_add: [CAP_SYS_PTRACE] | /LinuxParameters/Capabilities | {\"Add\":[\"SYS_PTRACE\"]}",
                "sysctls: {net.core.somaxconn: 1024, vm.swappiness: 1} | /SystemControls | [{\"Namespace\":\"net.core.somaxconn\",\"Value\":\"1024\"}]",
                "sysctls: ['net.core.somaxconn=512'] | /SystemControls | [{\"Namespace\":\"net.core.somaxconn\",\"Value\":\"512\"}]",
                "tmpfs: ['/run:size=64m,noexec,mode=1777'] | /LinuxParameters/Tmpfs | [{\"ContainerPath\":\"/run\",\"Size\":64,\"MountOptions\":[\"noexec\"]}]",
                "tmpfs: /tmp | /LinuxParameters/Tmpfs | [{\"ContainerPath\":\"/tmp\",\"Size\":256}]",
                "volumes: [{type: tmpfs, target: /cache, tmpfs: {size: 33554432}}] | /LinuxParameters/Tmpfs | [{\"ContainerPath\":\"/cache\",\"Size\":32}]",
                "ports: [{target: 8080, name: web}] | /PortMappings | [{\"ContainerPort\":8080,\"Name\":\"web\"}]",
                "healthcheck: {test: 'true', interval: 1s, timeout: 3m, retries: 20, start_period: 1h} | /HealthCheck | {\"Command\":[\"CMD-SHELL\",\"true\"],\"Interval\":5,\"Timeout\":60,\"Retries\":10,\"StartPeriod\":300}",
                "healthcheck: {test: [CMD, /ok]} | /HealthCheck/Interval | 30"
            })
    void setsWhatTheFilesSay(String key, String path, String set) {
        assertThat(container("{image: 'shop/web:1', " + key + "}").at(path).toString())
                .isEqualTo(set);
    }

    @Test
    void addsNothingThatNobodyAskedFor() {
        assertThat(names(container("{image: 'shop/web:1'}")))
                .containsExactly("Name", "Image", "Essential", "LinuxParameters", "LogConfiguration");
    }

    @Test
    void runsOnTheArchitectureOfItsImage() {
        JsonNode template = template(Targets.of("services: {web: {image: 'shop/web:1', platform: linux/arm64}}", ""));
        assertThat(property(template, "WebTaskDefinition", "RuntimePlatform")
                        .path("CpuArchitecture")
                        .asText())
                .isEqualTo("ARM64");
    }

    @Test
    void refusesACommandThatHoldsASecret() {
        TargetSpec spec = Targets.of(
                "services: {web: {image: 'shop/web:1', command: [serve, --password, \"${WEB_PASSWORD:-s3cret-of-many-characters}\"]}}",
                "");
        assertThatThrownBy(() -> TargetTemplate.of(spec)).isInstanceOf(ProvisionFailed.class);
    }

    private static JsonNode container(String web) {
        JsonNode template = template(Targets.of("services: {web: " + web + "}", ""));
        return property(template, "WebTaskDefinition", "ContainerDefinitions").path(0);
    }
}
