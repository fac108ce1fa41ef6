package dev.slipway.local.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SampleDataTest {
    private static final SampleData SMALL = SampleData.withRows(4_000);

    @Test
    void isTheSameBytesEveryTime() throws Exception {
        assertThat(digest(SMALL)).isEqualTo(digest(SMALL));
    }

    /** A change of the data is a change of every recorded figure: this one has to be on purpose. */
    @Test
    void isTheSameBytesOnEveryMachine() throws Exception {
        assertThat(digest(SMALL)).startsWith("3013d965e49323ae");
    }

    @Test
    void growsWithTheRowsButNeverBelowOneOfEachOddName() {
        assertThat(SampleData.standard()).isEqualTo(new SampleData(450_000, 50_000, 1_000));
        assertThat(SampleData.withRows(1_000)).isEqualTo(new SampleData(1_000, 500, 60));
        assertThat(SampleData.withRows(9_000_000)).isEqualTo(new SampleData(9_000_000, 50_000, 1_000));
    }

    @Test
    void namesFilesAsPeopleDo() {
        List<String> names = SampleData.standard().mediaNames();
        assertThat(names).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(names).anyMatch(name -> name.contains("..")).anyMatch(name -> name.startsWith("."));
        assertThat(names).anyMatch(name -> name.contains("\n")).anyMatch(name -> name.contains(" "));
        assertThat(foldedBy(names, name -> name.toLowerCase(Locale.ROOT))).isLessThan(1_000);
        assertThat(foldedBy(names, name -> Normalizer.normalize(name, Normalizer.Form.NFC)))
                .isLessThan(1_000);
    }

    private static int foldedBy(List<String> names, UnaryOperator<String> fold) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(fold.apply(name)));
        return folded.size();
    }

    private static String digest(SampleData data) throws NoSuchAlgorithmException, IOException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (SampleTable table : new SampleTables(data.rows()).all()) {
                table.writeTo(out);
            }
            new SampleKeys(data.keys(), data.parents()).writeTo(command -> out.write(command.encoded()));
            SampleFiles files = new SampleFiles(data.files());
            for (String name : data.mediaNames()) {
                out.write(name.getBytes(StandardCharsets.UTF_8));
                out.write(files.contentOf(name));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
