package dev.slipway.objects.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element of a store's answer: what is in it, or its text. As much of XML as stores speak, without attributes; the JDK's reader
 * takes ten times as long for a page of a listing.
 *
 * @param text of an element without others in it; empty of one with them
 */
public record WireXml(String name, String text, List<WireXml> elements) {
    /** Deeper than any answer of S3: what comes below is no answer of it. */
    private static final int DEEPEST = 16;

    private static final WireXml NOTHING = new WireXml("", "", List.of());

    /** The outermost element; one without a name where the text is no XML. */
    public static WireXml of(String text) {
        return new Reader(text).document();
    }

    public List<WireXml> all(String wanted) {
        return elements.stream().filter(each -> each.name.equals(wanted)).toList();
    }

    public Optional<WireXml> first(String wanted) {
        for (WireXml each : elements) {
            if (each.name.equals(wanted)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The text of the first such element, or empty. */
    public String text(String wanted) {
        return first(wanted).map(WireXml::text).orElse("");
    }

    /** Goes through a text once. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        WireXml document() {
            skipTo('<');
            while (text.startsWith("<?", at) || text.startsWith("<!", at)) {
                at++;
                skipTo('<');
            }
            return at < text.length() ? element(0) : NOTHING;
        }

        private WireXml element(int depth) {
            int close = end('>');
            boolean empty = text.charAt(close - 1) == '/';
            String name = name(at + 1, empty ? close - 1 : close);
            at = Math.min(text.length(), close + 1);
            List<WireXml> elements = new ArrayList<>();
            StringBuilder said = new StringBuilder();
            while (!empty && depth < DEEPEST && at < text.length() && !text.startsWith("</", at)) {
                if (text.startsWith("<![CDATA[", at)) {
                    int end = text.indexOf("]]>", at);
                    said.append(text, at + 9, end < 0 ? text.length() : end);
                    at = end < 0 ? text.length() : end + 3;
                } else if (text.startsWith("<!", at) || text.startsWith("<?", at)) {
                    at = Math.min(text.length(), end('>') + 1);
                } else if (text.charAt(at) == '<') {
                    elements.add(element(depth + 1));
                } else {
                    int begin = at;
                    skipTo('<');
                    said.append(decoded(text.substring(begin, at)));
                }
            }
            if (!empty) {
                at = Math.min(text.length(), end('>') + 1);
            }
            return new WireXml(name, elements.isEmpty() ? said.toString() : "", elements);
        }

        /** Without attributes and without a prefix. */
        private String name(int from, int to) {
            int end = from;
            int begin = from;
            while (end < to && text.charAt(end) > ' ') {
                if (text.charAt(end) == ':') {
                    begin = end + 1;
                }
                end++;
            }
            return text.substring(begin, end);
        }

        private void skipTo(char letter) {
            at = end(letter);
        }

        private int end(char letter) {
            int found = text.indexOf(letter, at);
            return found < 0 ? text.length() : found;
        }
    }

    /** Text as it is meant: with letters in the place of entities. */
    static String decoded(String text) {
        int entity = text.indexOf('&');
        if (entity < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int at = 0;
        for (; entity >= 0; entity = text.indexOf('&', at)) {
            int end = text.indexOf(';', entity);
            if (end < 0) {
                break;
            }
            decoded.append(text, at, entity).append(meant(text.substring(entity + 1, end)));
            at = end + 1;
        }
        return decoded.append(text, at, text.length()).toString();
    }

    private static String meant(String entity) {
        return switch (entity) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> entity.startsWith("#") ? letter(entity.substring(1)) : "&" + entity + ";";
        };
    }

    private static String letter(String number) {
        try {
            boolean hex = number.startsWith("x");
            return Character.toString(Integer.parseInt(hex ? number.substring(1) : number, hex ? 16 : 10));
        } catch (IllegalArgumentException e) {
            return "&#" + number + ";";
        }
    }
}
