package dev.slipway.local.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The media folder of a preschool: photos, and the names that people give their files. */
final class SampleFiles {
    private static final List<String> ODD = List.of(
            "summer party 2025.jpg",
            " leading space.txt",
            "trailing space ",
            "caf\u00e9.jpg",
            "cafe\u0301.jpg",
            "party 🎉👨‍👩‍👧.png",
            "..two dots first.jpg",
            "up..and..away.jpg",
            "...",
            ".hidden",
            ".config/.nested/.file",
            "Readme.TXT",
            "README.txt",
            "readme.txt",
            "Photos/IMG.JPG",
            "empty.bin",
            "a folder/with/very/deep/branches/leaf.txt",
            "new\nline.txt",
            "tab\tand\rreturn.txt",
            "quote'double\".txt",
            "back\\slash.txt",
            "percent%20not a space%2F.txt",
            "plus+sign&ampersand=.txt",
            "hash#question?.txt",
            "star*[range]{brace}.txt",
            "幼稚園の写真.jpg",
            "صورة.jpg",
            "~tilde",
            "-dash first",
            "$(touch nothing);`x`.txt",
            "<tag attribute=\"1\">&amp;.xml",
            "dot at the end.",
            "comma,semicolon;colon:.txt",
            "long " + "n".repeat(240) + ".txt");

    private final int files;

    SampleFiles(int files) {
        this.files = files;
    }

    List<String> names() {
        Stream<String> photos =
                IntStream.range(0, Math.max(0, files - ODD.size())).mapToObj(SampleFiles::photo);
        return Stream.concat(ODD.stream(), photos).limit(files).toList();
    }

    byte[] contentOf(String name) {
        if (name.startsWith("empty")) {
            return new byte[0];
        }
        Draw draw = new Draw(name);
        return draw.bytes(draw.onceIn(100) ? 600_000 : 200 + draw.below(24_000));
    }

    void writeTo(Path folder) throws IOException {
        for (String name : names()) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, contentOf(name));
        }
    }

    private static String photo(int number) {
        return String.format(
                Locale.ROOT, "photos/2025-%02d/class %d/child-%05d.jpg", number % 12 + 1, number % 7, number);
    }
}
