package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.account.FlatSecrets;
import dev.slipway.account.S3Artifacts;
import dev.slipway.compose.AppBundle;
import dev.slipway.migration.exception.InvalidInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Uploads an app for the console and the schedules. */
@Command(
        name = "put",
        description = "Uploads docker-compose.yml, slipway.yaml and manifests; secrets go to Secrets Manager.")
final class AppPutCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AppArguments files = new AppArguments();

    @Option(
            names = "--stack",
            defaultValue = "slipway",
            description = "The pipeline's stack (default: ${DEFAULT-VALUE}).")
    private String stack = "";

    @Override
    public Integer call() {
        AppBundle bundle = files.read();
        AppUpload upload = new AppUpload(
                new S3Artifacts(Clients.of(S3Client.builder()), bucket()),
                new FlatSecrets(Clients.of(SecretsManagerClient.builder())));
        spec.commandLine().getOut().println(upload.put(bundle, files.manifests(bundle)));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private String bucket() {
        try {
            return Clients.of(CloudFormationClient.builder())
                    .describeStacks(request -> request.stackName(stack))
                    .stacks()
                    .getFirst()
                    .outputs()
                    .stream()
                    .filter(output -> output.outputKey().equals("Artifacts"))
                    .map(Output::outputValue)
                    .findFirst()
                    .orElseThrow(() -> noStack("it has no output Artifacts", null));
        } catch (SdkException e) {
            throw noStack(String.valueOf(e.getMessage()), e);
        }
    }

    private InvalidInput noStack(String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new InvalidInput(
                "find the artifact bucket of the stack " + stack,
                why,
                "deploy template.yaml with 'sam deploy' and check the credentials and region, or name the stack by --stack",
                cause);
    }
}
