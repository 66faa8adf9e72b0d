package dev.forestall.connectors.files;

import dev.forestall.connectors.ConnectorError;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XES: each event of each trace, with the attributes of both. Attributes within attributes are passed over. A trace's own
 * attributes stand before its events.
 */
final class XesRecords implements RecordReader {

    /** Written before the keys of a trace's attributes. */
    static final String TRACE = "case:";

    private static final int MAX_DEPTH = 64;
    private static final char REPLACEMENT = '\uFFFD';

    private final String file;
    private final XesText text;
    private final XMLStreamReader xml;
    private final Interpretation interpreter;
    private final FileOptions options;
    private final Map<String, Integer> tracePlaces = new HashMap<>();
    private final Map<String, Integer> eventPlaces = new HashMap<>();
    private final RecordValues values;
    private final XesAttributes ofTrace = new XesAttributes();
    private final XesAttributes ofEvent = new XesAttributes();
    private Optional<WrongFile> failure = Optional.empty();
    private Reading reading = Reading.Ignored.IGNORED;
    private boolean inTrace;
    private long line;

    /** @throws WrongFile when the text is no event log */
    XesRecords(String file, Reader in, Interpretation interpreter, FileOptions options) {
        this.file = file;
        this.text = new XesText(in, options.recordLimit());
        this.interpreter = interpreter;
        this.options = options;
        this.values = new RecordValues(interpreter.places());
        List<String> names = interpreter.places().names();
        for (int place = 0; place < names.size(); place++) {
            String name = names.get(place);
            if (name.startsWith(TRACE)) {
                tracePlaces.put(name.substring(TRACE.length()), place);
            } else {
                eventPlaces.put(name, place);
            }
        }
        try {
            this.xml = SafeXml.reader(text);
            if (!SafeXml.nextIsStart(xml)) {
                throw new WrongFile(ConnectorError.EMPTY, file + " holds no XML element; expected an event log");
            }
        } catch (XMLStreamException malformed) {
            throw broken(malformed);
        }
        if (!xml.getLocalName().equals("log")) {
            throw new WrongFile(
                    ConnectorError.UNKNOWN_FORMAT,
                    file + " is XML, but its outermost element is '" + xml.getLocalName()
                            + "'; an event log in XES has 'log'");
        }
    }

    @Override
    public boolean next() {
        if (failure.isPresent()) {
            return false;
        }
        try {
            if (!readEvent()) {
                return false;
            }
        } catch (XMLStreamException malformed) {
            failure = Optional.of(broken(malformed));
            return false;
        }
        reading = interpret();
        return true;
    }

    private boolean readEvent() throws XMLStreamException {
        while (xml.hasNext()) {
            int kind = xml.next();
            if (kind == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "trace" -> {
                        ofTrace.clear();
                        inTrace = true;
                    }
                    case "event" -> {
                        line = xml.getLocation().getLineNumber();
                        readAttributesOfEvent();
                        return true;
                    }
                    default -> {
                        if (inTrace) {
                            ofTrace.add(xml, options.recordLimit());
                        }
                        passOver();
                    }
                }
            } else if (kind == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("trace")) {
                inTrace = false;
                ofTrace.clear();
            } else if (kind == XMLStreamConstants.DTD) {
                throw new XMLStreamException(
                        "it declares a document type, which logs have no need of", xml.getLocation());
            }
        }
        return false;
    }

    private void readAttributesOfEvent() throws XMLStreamException {
        ofEvent.clear();
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.isStartElement()) {
                ofEvent.add(xml, options.recordLimit());
                passOver();
            }
        }
    }

    /** Moves to the end of the element, over all within it. */
    private void passOver() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int kind = xml.next();
            depth += kind == XMLStreamConstants.START_ELEMENT ? 1 : kind == XMLStreamConstants.END_ELEMENT ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw new XMLStreamException("elements are nested more than " + MAX_DEPTH + " deep", xml.getLocation());
            }
        }
    }

    private Reading interpret() {
        if (ofEvent.isTooLarge() || ofTrace.isTooLarge()) {
            return new Reading.Bad(new Rejected(
                    EventError.TOO_LARGE,
                    "",
                    "found attributes of more than " + options.recordLimit() + " characters, the limit for a record"));
        }
        values.clear();
        ofTrace.fill(values, tracePlaces);
        ofEvent.fill(values, eventPlaces);
        for (int place = 0; place < interpreter.places().count(); place++) {
            String value = values.text(place);
            if (value != null && value.indexOf(REPLACEMENT) >= 0) {
                return new Reading.Bad(new Rejected(
                        EventError.MALFORMED,
                        "",
                        "found letters that are not in the encoding of the file; is it declared in the first line?"));
            }
        }
        return interpreter.read(values, options.latestMillis());
    }

    private WrongFile broken(XMLStreamException malformed) {
        int at = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNumber();
        if (text.failure().isPresent()) {
            return BrokenOff.of(file, text.failure().get(), at);
        }
        return new WrongFile(
                ConnectorError.NOT_WELL_FORMED,
                file + " could not be read on at line " + at + ": " + SafeXml.reason(malformed)
                        + ". Events before that line were read, and count. Was the file written completely?",
                malformed);
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public long line() {
        return line;
    }

    /** Not known: the reader of XML decodes as it goes and counts characters, which are no bytes. The line finds the event. */
    @Override
    public long offset() {
        return FileRecord.NO_OFFSET;
    }

    /** A trace of this one event, which is a log when put between {@code <log>} and {@code </log>}. */
    @Override
    public String raw() {
        String raw = "<trace>" + ofTrace.xml() + "<event>" + ofEvent.xml() + "</event></trace>";
        return raw.length() <= Cursor.KEPT ? raw : raw.substring(0, Cursor.KEPT) + CUT;
    }

    @Override
    public List<String> names() {
        return java.util.stream.Stream.concat(ofTrace.keys().stream().map(key -> TRACE + key), ofEvent.keys().stream())
                .toList();
    }

    @Override
    public List<String> unmet() {
        return interpreter.places().unmet(values);
    }

    @Override
    public SortedMap<String, Long> placeholders() {
        return interpreter.placeholders();
    }

    @Override
    public Optional<WrongFile> failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
