package dev.slipway.local.room;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback addresses for servers that all want their usual port; every one of 127.0.0.0/8 is this machine's. */
final class Loopback {
    private static final int TRIES = 100;

    private final Set<String> given = new HashSet<>();

    /** An address on which nobody listens at the port; the start is random because other runs choose too. */
    synchronized String addressFor(int port) throws IOException {
        for (int tries = 0; tries < TRIES; tries++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String address =
                    "127." + random.nextInt(16, 240) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
            if (isFree(address, port) && given.add(address)) {
                return address;
            }
        }
        throw new IOException("Tried to find a loopback address with port " + port + " free but " + TRIES
                + " of them were taken: end what listens there");
    }

    private static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
