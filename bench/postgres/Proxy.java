import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Delays what passes between a client and a server by half a round trip each way, and limits nothing: what is on its way waits in a
 * queue, as it would on a long line.
 *
 * <p>{@code java Proxy.java MILLISECONDS PORT...} prints the ports at which it listens, in the order of those that it stands for.
 */
final class Proxy {
    private static final int CHUNK = 256 * 1024;
    /** In each direction; at 20 ms that is more than 6 GB/s. */
    private static final int BYTES_ON_THE_WAY = 128 << 20;
    private static final Chunk END = new Chunk(new byte[0], 0);

    private record Chunk(byte[] bytes, long due) {}

    private record Line(BlockingQueue<Chunk> chunks, Semaphore room) {}

    private static long oneWay;

    private Proxy() {}

    public static void main(String[] arguments) throws IOException {
        oneWay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0])) / 2;
        StringJoiner listening = new StringJoiner(" ");
        for (String port : Arrays.asList(arguments).subList(1, arguments.length)) {
            ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            listening.add(Integer.toString(server.getLocalPort()));
            Thread.ofPlatform().start(() -> accept(server, Integer.parseInt(port)));
        }
        System.out.println(listening);
    }

    private static void accept(ServerSocket server, int port) {
        try {
            while (true) {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                // The client believes to be connected at once; over a long line its handshake is a round trip.
                long connected = System.nanoTime() + 2 * oneWay;
                pass(client, upstream, connected);
                pass(upstream, client, connected);
            }
        } catch (IOException e) {
            System.err.println("Tried to pass a connection on to port " + port + " but " + e.getMessage());
            System.exit(1);
        }
    }

    private static void pass(Socket from, Socket to, long notBefore) {
        Line line = new Line(new LinkedBlockingQueue<>(), new Semaphore(BYTES_ON_THE_WAY));
        Thread.ofPlatform().daemon().start(() -> read(from, line, notBefore));
        Thread.ofPlatform().daemon().start(() -> write(to, line));
    }

    private static void read(Socket from, Line line, long notBefore) {
        byte[] buffer = new byte[CHUNK];
        try {
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    line.room.acquire(count);
                    line.chunks.put(new Chunk(Arrays.copyOf(buffer, count), Math.max(System.nanoTime(), notBefore) + oneWay));
                }
            } catch (IOException e) {
                // A side that is gone has nothing more to say, as one that has closed.
            }
            line.chunks.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket to, Line line) {
        boolean open = true;
        try {
            for (Chunk chunk = line.chunks.take(); chunk != END; chunk = line.chunks.take()) {
                if (open) {
                    TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                    open = sent(to, chunk);
                }
                line.room.release(chunk.bytes().length);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // The other side is gone already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean sent(Socket to, Chunk chunk) {
        try {
            OutputStream out = to.getOutputStream();
            out.write(chunk.bytes());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
