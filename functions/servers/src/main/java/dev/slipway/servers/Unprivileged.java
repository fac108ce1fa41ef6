package dev.slipway.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a command as somebody other than root, because Postgres refuses to be root. */
enum Unprivileged {
    /** The user is not root. */
    ALREADY(""),
    /** A user namespace without a mapping: the process believes to be nobody, and its files stay the user's own. */
    NAMESPACE("unshare --user"),
    /** The user nobody, who must own the data folder and be able to reach the binaries. */
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups");

    private static final int ID_OF_NOBODY = 65534;
    private final String prefix;

    Unprivileged(String prefix) {
        this.prefix = prefix;
    }

    static Unprivileged choose() throws IOException {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        if (!root) {
            return ALREADY;
        }
        return Command.succeeds(NAMESPACE.command("true")) ? NAMESPACE : NOBODY;
    }

    List<String> command(String... command) {
        return Stream.concat(Stream.of(prefix.split(" ")).filter(word -> !word.isEmpty()), Stream.of(command))
                .toList();
    }

    /** Gives the file to whoever the command will run as. */
    void give(Path file) throws IOException {
        if (this == NOBODY) {
            Files.setAttribute(file, "unix:uid", ID_OF_NOBODY);
            Files.setAttribute(file, "unix:gid", ID_OF_NOBODY);
        }
    }
}
