package dev.slipway.local.demo;

import dev.slipway.local.RunFolder;
import dev.slipway.local.router.OldServer;
import dev.slipway.local.sample.SampleProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The app's services on the old server, which is this process. */
final class OldServices implements AutoCloseable {
    private final List<SampleProgram> running = new ArrayList<>();
    private final List<OldServer> published = new ArrayList<>();
    private final PrintStream log;

    private OldServices(PrintStream log) {
        this.log = log;
    }

    /** None yet. */
    static OldServices none(RunFolder run) throws IOException {
        return new OldServices(new PrintStream(
                Files.newOutputStream(run.logs().resolve("old-services.log")), true, StandardCharsets.UTF_8));
    }

    PrintStream log() {
        return log;
    }

    /** One that only the others reach. */
    void add(SampleProgram program) {
        running.add(program);
    }

    /** One that the server's own proxy leads to, by the beginning of the path. */
    void publish(String prefix, SampleProgram program) {
        add(program);
        published.add(new OldServer(prefix, program.address()));
    }

    /** Where a path prefix is answered on the old server. */
    List<OldServer> published() {
        return List.copyOf(published);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        running.forEach(SampleProgram::close);
        log.close();
    }
}
