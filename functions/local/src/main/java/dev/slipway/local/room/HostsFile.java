package dev.slipway.local.room;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names of a local run, in the form that {@code -Djdk.net.hosts.file} reads: an address, then names. The JDK reads the file
 * at each look-up, so it is replaced whole, never written in place.
 */
public final class HostsFile {
    private final Path file;
    private final Map<String, Set<String>> addresses = new TreeMap<>();

    private HostsFile(Path file) {
        this.file = file;
    }

    /** Makes the file, with this machine's own names in it: where it is used, nothing else resolves. */
    public static HostsFile at(Path file) throws IOException {
        HostsFile hosts = new HostsFile(file.toAbsolutePath());
        hosts.addresses.put(InetAddress.getLocalHost().getHostName(), Set.of("127.0.0.1"));
        hosts.addresses.put("localhost", Set.of("127.0.0.1"));
        hosts.write();
        return hosts;
    }

    public Path path() {
        return file;
    }

    public synchronized void add(String name, String address) throws IOException {
        addresses.computeIfAbsent(name, first -> new LinkedHashSet<>()).add(address);
        write();
    }

    public synchronized void remove(String name) throws IOException {
        addresses.remove(name);
        write();
    }

    /** Takes away one address of a name, which may have others. */
    public synchronized void remove(String name, String address) throws IOException {
        addresses.computeIfPresent(name, (same, all) -> {
            all.remove(address);
            return all.isEmpty() ? null : all;
        });
        write();
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        addresses.forEach((name, all) -> all.forEach(
                address -> text.append(address).append(' ').append(name).append('\n')));
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
