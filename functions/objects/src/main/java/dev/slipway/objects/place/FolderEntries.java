package dev.slipway.objects.place;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** Keys of what is right in one folder, as bytes: a million files in it are not a million texts. Added in any order, read in that of keys. */
final class FolderEntries implements Iterator<String> {
    private static final int CHUNK = 1 << 16;

    private final String below;
    private final List<byte[]> chunks = new ArrayList<>();
    /** Where each name is: the chunk's number and the place in it, where its length comes first. */
    private int[] places = new int[16];

    private int count;
    private int used = CHUNK;
    private int next;

    FolderEntries(String below) {
        this.below = below;
    }

    /** @param key of a file or folder that is right below */
    void add(String key) {
        byte[] name = key.substring(below.length()).getBytes(StandardCharsets.UTF_8);
        if (used + Short.BYTES + name.length > CHUNK) {
            chunks.add(new byte[CHUNK]);
            used = 0;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = (chunks.size() - 1) * CHUNK + used;
        byte[] chunk = chunks.getLast();
        chunk[used++] = (byte) (name.length >> Byte.SIZE);
        chunk[used++] = (byte) name.length;
        System.arraycopy(name, 0, chunk, used, name.length);
        used += name.length;
    }

    /** The order of keys is that of their bytes. */
    FolderEntries sorted() {
        places = IntStream.of(places)
                .limit(count)
                .boxed()
                .sorted(this::compare)
                .mapToInt(Integer::intValue)
                .toArray();
        return this;
    }

    List<String> all() {
        return evenly(count);
    }

    /** At most so many, with as many between each two as there are between any others. */
    List<String> evenly(int most) {
        int taken = Math.min(most, count);
        return IntStream.range(0, taken)
                .map(i -> (int) ((long) i * count / taken))
                .mapToObj(this::key)
                .toList();
    }

    private int compare(int left, int right) {
        int here = left % CHUNK + Short.BYTES;
        int there = right % CHUNK + Short.BYTES;
        return Arrays.compareUnsigned(
                chunk(left), here, here + length(left), chunk(right), there, there + length(right));
    }

    private byte[] chunk(int place) {
        return chunks.get(place / CHUNK);
    }

    private int length(int place) {
        byte[] chunk = chunk(place);
        return ((chunk[place % CHUNK] & 0xFF) << Byte.SIZE) | (chunk[place % CHUNK + 1] & 0xFF);
    }

    @Override
    public boolean hasNext() {
        return next < count;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return key(next++);
    }

    private String key(int index) {
        int place = places[index];
        return below + new String(chunk(place), place % CHUNK + Short.BYTES, length(place), StandardCharsets.UTF_8);
    }
}
