package dev.slipway.objects.place;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of a bucket's versions, in the order in which the store wrote it. The SDK gives versions and deletion markers as two lists and
 * loses which came first; their times are whole seconds.
 *
 * @param versions with whole keys, those of a key together
 * @param apart whether all deletion markers stand before or behind all versions, as some stores have it
 * @param next what the request for the next page says; empty at the end
 */
record VersionPage(List<ListedVersion> versions, boolean apart, Map<String, String> next) {
    private static final String ROOT = "ListVersionsResult";

    VersionPage {
        versions = List.copyOf(versions);
        next = Map.copyOf(next);
    }

    /** Empty where it is no page of versions. */
    static Optional<VersionPage> read(InputStream xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml, StandardCharsets.UTF_8.name());
            return reader.nextTag() == XMLStreamConstants.START_ELEMENT
                            && reader.getLocalName().equals(ROOT)
                    ? Optional.of(read(reader))
                    : Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    private static VersionPage read(XMLStreamReader reader) throws XMLStreamException {
        List<Map<String, String>> found = new ArrayList<>();
        Map<String, String> page = new HashMap<>();
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = reader.getLocalName();
            if (name.equals("Version") || name.equals("DeleteMarker")) {
                Map<String, String> fields = fields(reader);
                fields.put("deleted", String.valueOf(name.equals("DeleteMarker")));
                found.add(fields);
            } else {
                page.put(name, text(reader));
            }
        }
        ListedKeys keys = new ListedKeys("url".equals(page.get("EncodingType")));
        boolean more = Boolean.parseBoolean(page.get("IsTruncated"));
        Map<String, String> next = new HashMap<>();
        if (more) {
            next.put("key-marker", keys.key(page.getOrDefault("NextKeyMarker", "")));
            next.put("version-id-marker", page.getOrDefault("NextVersionIdMarker", ""));
            next.values().removeIf(String::isEmpty);
        }
        List<ListedVersion> versions =
                found.stream().map(each -> version(each, keys)).toList();
        return new VersionPage(
                versions.stream()
                        .sorted(Comparator.comparing(ListedVersion::key, KeyOrder.INSTANCE))
                        .toList(),
                isApart(versions),
                next);
    }

    private static boolean isApart(List<ListedVersion> versions) {
        int turns = 0;
        for (int i = 1; i < versions.size(); i++) {
            turns += versions.get(i).version().deleted()
                            == versions.get(i - 1).version().deleted()
                    ? 0
                    : 1;
        }
        return turns == 1;
    }

    private static ListedVersion version(Map<String, String> fields, ListedKeys keys) {
        boolean deleted = Boolean.parseBoolean(fields.get("deleted"));
        History.Version version = new History.Version(
                new Item(
                        keys.key(fields.getOrDefault("Key", "")),
                        deleted ? 0 : Long.parseLong(fields.getOrDefault("Size", "0")),
                        fields.getOrDefault("VersionId", "null"),
                        deleted ? "" : fields.getOrDefault("ETag", "")),
                deleted);
        return new ListedVersion(
                version,
                Instant.parse(fields.getOrDefault("LastModified", "1970-01-01T00:00:00Z"))
                        .truncatedTo(ChronoUnit.SECONDS));
    }

    private static Map<String, String> fields(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> fields = new HashMap<>();
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            fields.put(reader.getLocalName(), text(reader));
        }
        return fields;
    }

    /** Of an element with elements in it, such as the owner, nothing. */
    private static String text(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                default -> {}
            }
        }
        return text.toString();
    }
}
