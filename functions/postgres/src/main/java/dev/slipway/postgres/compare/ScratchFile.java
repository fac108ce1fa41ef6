package dev.slipway.postgres.compare;

import dev.slipway.migration.exception.CompareUnknown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file that has lost its name: it goes with the process, however that ends. */
final class ScratchFile implements AutoCloseable {
    private final FileChannel channel;

    private ScratchFile(FileChannel channel) {
        this.channel = channel;
    }

    static ScratchFile open() {
        try {
            Path path = Files.createTempFile("slipway", ".rows");
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
            return new ScratchFile(channel);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Writes what stands between the buffer's beginning and its position, and empties it. */
    public void write(ByteBuffer filled, long at) {
        try {
            filled.flip();
            for (long next = at; filled.hasRemaining(); ) {
                next += channel.write(filled, next);
            }
            filled.clear();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Reads as many bytes as the buffer takes. */
    public ByteBuffer read(ByteBuffer empty, long at) {
        try {
            for (long next = at; empty.hasRemaining(); ) {
                int read = channel.read(empty, next);
                if (read < 0) {
                    throw new IOException("the file is shorter than what was written to it");
                }
                next += read;
            }
            return empty.flip();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static CompareUnknown failed(IOException e) {
        return new CompareUnknown(
                "keep in a temporary file where rows differ",
                String.valueOf(e.getMessage()),
                "free some space in " + System.getProperty("java.io.tmpdir"),
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
