package dev.slipway.objects.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.CopyFailed;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionPageTest {
    @Test
    void isReadInTheStoresOrderWithItsKeysDecoded() {
        VersionPage page =
                page("""
                <EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
                <NextKeyMarker>a+b%2B%01</NextKeyMarker><NextVersionIdMarker>2</NextVersionIdMarker>
                """ + version("a+b%2B%01", "3", 7) + deletion("a+b%2B%01", "2", 7) + version("a+b%2B%01", "1", 7));

        assertThat(page.versions())
                .extracting(each -> each.key() + " " + each.version().item().stamp() + " "
                        + each.version().deleted())
                .containsExactly("a b+\u0001 3 false", "a b+\u0001 2 true", "a b+\u0001 1 false");
        assertThat(page.next()).isEqualTo(Map.of("key-marker", "a b+\u0001", "version-id-marker", "2"));
        assertThat(page.apart()).isFalse();
    }

    @Test
    void isNoneOfTheWeb() {
        assertThat(VersionPage.read(new ByteArrayInputStream("<html><body>hello</body></html>".getBytes(UTF_8))))
                .isEmpty();
        assertThat(VersionPage.read(new ByteArrayInputStream("hello".getBytes(UTF_8))))
                .isEmpty();
    }

    @Test
    void thatListsDeletionsApartIsPutInOrderByTime() {
        VersionPage page = page(deletion("k", "d", 8) + version("k", "c", 9) + version("k", "a", 7));
        assertThat(page.apart()).isTrue();
        assertThat(ListedVersion.inOrder(page.versions()))
                .extracting(each -> each.version().item().stamp())
                .containsExactly("c", "d", "a");
    }

    @Test
    void thatListsDeletionsApartIsPutInOrderByIdsThatTell() {
        String first = "01K9P4M0000000000000000001";
        String second = "01K9P4M0000000000000000002";
        String third = "01K9P4M0000000000000000003";
        VersionPage page = page(deletion("k", second, 7) + version("k", third, 7) + version("k", first, 7));
        assertThat(ListedVersion.inOrder(page.versions()))
                .extracting(each -> each.version().item().stamp())
                .containsExactly(third, second, first);
    }

    @Test
    void thatDoesNotTellTheOrderIsNotGuessed() {
        List<ListedVersion> versions =
                page(deletion("k", "b", 7) + version("k", "a", 7)).versions();
        assertThatThrownBy(() -> ListedVersion.inOrder(versions))
                .isInstanceOf(CopyFailed.class)
                .hasMessageContaining("of the same second");
    }

    private static VersionPage page(String content) {
        Optional<VersionPage> page = VersionPage.read(
                new ByteArrayInputStream(("<ListVersionsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                + content + "</ListVersionsResult>")
                        .getBytes(UTF_8)));
        return page.orElseThrow();
    }

    private static String version(String key, String id, int second) {
        return "<Version>" + fields(key, id, second) + "<ETag>\"e\"</ETag><Size>5</Size>"
                + "<Owner><ID>x</ID><DisplayName>y</DisplayName></Owner></Version>\n";
    }

    private static String deletion(String key, String id, int second) {
        return "<DeleteMarker>" + fields(key, id, second) + "</DeleteMarker>\n";
    }

    private static String fields(String key, String id, int second) {
        return "<Key>" + key + "</Key><VersionId>" + id + "</VersionId><LastModified>2026-11-22T05:00:0" + second
                + "Z</LastModified>";
    }
}
