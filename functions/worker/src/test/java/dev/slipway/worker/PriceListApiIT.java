package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.planning.PriceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on loopback that the SDK is led to by its own setting. */
class PriceListApiIT extends PriceSourceContract {
    private static final String ENDPOINT = "aws.endpointUrlPricing";
    private static final Map<String, String> CREDENTIALS =
            Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");

    private final Map<String, String> before = new TreeMap<>();
    private PriceListServer server;

    @BeforeEach
    void lead() throws IOException {
        server = new PriceListServer();
        set(ENDPOINT, server.url());
        CREDENTIALS.forEach(this::set);
    }

    @AfterEach
    void restore() {
        server.close();
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private void set(String name, String value) {
        String old = System.setProperty(name, value);
        before.put(name, old == null ? "" : old);
    }

    @Override
    PriceSource source() {
        return PriceListApi.ofAccount();
    }

    @Test
    void asksForEachPriceOnce() {
        PriceSource source = source();
        source.price("alb.hour", "eu-west-1");
        int requests = server.asked().size();
        source.price("alb.hour", "eu-west-1");
        assertThat(requests).isPositive();
        assertThat(server.asked()).hasSize(requests).doesNotHaveDuplicates();
    }

    @Test
    void doesNotAskForWhatItCouldNotTell() {
        assertThat(source().price("xray.traces", "us-east-1")).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void pricesAPlanByAwssListAndSaysWhatIsOfTheFile(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("compose.yaml"), "services: {web: {image: \"shop/web:1\", ports: [\"80:3000\"]}}\n");
        Files.writeString(folder.resolve("slipway.yaml"), "app: shop\n");
        CommandRun run = new CommandRun();
        assertThat(run.run("plan", folder.toString(), "--json", "--prices", "aws"))
                .as(run.err())
                .isZero();
        assertThat(run.out())
                .contains("\"source\" : \"AWS's price list\"", "From Slipway's price file of", "transfer.out-gb");
        assertThat(server.asked()).anyMatch(asked -> asked.startsWith("AmazonECS"));
    }

    @Test
    void asksNobodyUnlessItIsToldTo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {image: \"shop/web:1\"}}\n");
        CommandRun run = new CommandRun();
        assertThat(run.run("plan", folder.toString(), "--json")).isZero();
        assertThat(run.out()).contains("\"source\" : \"Slipway's price file\"");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void saysInOneLineThatNobodyAnswers(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {image: \"shop/web:1\"}}\n");
        server.close();
        new CommandRun()
                .refused(
                        "ask AWS for the price of",
                        "leave out --prices aws",
                        "plan",
                        folder.toString(),
                        "--prices",
                        "aws");
    }
}
