package dev.slipway.compose.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The library's events, no deeper than they can be walked, and with a last line that has no end left as it is. */
final class YamlEvents implements Parser {
    static final int MAX_DEPTH = 200;

    private final Parser events;
    /** Where the text ends, in characters; beyond it where its last line has an end. */
    private final int end;

    private int depth;

    YamlEvents(LoadSettings settings, String text) {
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
        String last = text.substring(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
        this.end = last.isBlank() ? Integer.MAX_VALUE : text.codePointCount(0, text.length());
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return events.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return events.peekEvent();
    }

    @Override
    public Event next() {
        Event event = events.next();
        return switch (event.getEventId()) {
            case SequenceStart, MappingStart -> {
                if (++depth > MAX_DEPTH) {
                    throw new ParserException("it is nested too deeply", event.getStartMark());
                }
                yield event;
            }
            case SequenceEnd, MappingEnd -> {
                depth--;
                yield event;
            }
            case Scalar -> scalar((ScalarEvent) event);
            case Alias, Comment, DocumentEnd, DocumentStart, StreamEnd, StreamStart -> event;
        };
    }

    private ScalarEvent scalar(ScalarEvent event) {
        boolean block = event.getScalarStyle() == ScalarStyle.LITERAL || event.getScalarStyle() == ScalarStyle.FOLDED;
        String text = event.getValue();
        return block
                        && text.endsWith("\n")
                        && event.getEndMark().map(Mark::getIndex).orElse(0) >= end
                ? new ScalarEvent(
                        event.getAnchor(),
                        event.getTag(),
                        event.getImplicit(),
                        text.substring(0, text.length() - 1),
                        event.getScalarStyle(),
                        event.getStartMark(),
                        event.getEndMark())
                : event;
    }
}
