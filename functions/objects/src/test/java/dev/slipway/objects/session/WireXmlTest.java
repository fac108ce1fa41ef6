package dev.slipway.objects.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireXmlTest {
    @Test
    void hasElementsAndTheirTexts() {
        WireXml list = WireXml.of("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- a remark --><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <IsTruncated>false</IsTruncated><Prefix/>
                  <Contents><Key>a &lt;b&gt; &#38;&#x26; c</Key><ETag>&quot;1&apos;2&quot;</ETag></Contents>
                  <s3:Contents><Key><![CDATA[<&amp;>]]></Key><Owner/></s3:Contents>
                </ListBucketResult>""");

        assertThat(list.name()).isEqualTo("ListBucketResult");
        assertThat(list.text("IsTruncated")).isEqualTo("false");
        assertThat(list.first("Prefix"))
                .hasValueSatisfying(prefix -> assertThat(prefix.text()).isEmpty());
        assertThat(list.all("Contents"))
                .extracting(object -> object.text("Key"))
                .containsExactly("a <b> && c", "<&amp;>");
        assertThat(list.all("Contents").getFirst().text("ETag")).isEqualTo("\"1'2\"");
        assertThat(list.text("NoSuchElement")).isEmpty();
    }

    @Test
    void takesWhateverIsSaidForAnAnswerThatSaysNothing() {
        for (String other :
                new String[] {"", "It works", "<", "<a", "<a/", "</a>", "<a>&b;&#zz;&c", "<!-- a", "<p>".repeat(99_999)
                }) {
            assertThat(WireXml.of(other).text("Code")).as(other).isEmpty();
        }
    }
}
