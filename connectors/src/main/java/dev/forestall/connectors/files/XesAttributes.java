package dev.forestall.connectors.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;

/** The attributes of one trace or event. */
final class XesAttributes {

    private record Attribute(String type, String key, String value) {}

    private final List<Attribute> attributes = new ArrayList<>();
    private int size;
    private boolean tooLarge;

    void clear() {
        attributes.clear();
        size = 0;
        tooLarge = false;
    }

    /** Adds the element the reader stands at. What goes beyond the limit is not kept. */
    void add(XMLStreamReader xml, int limit) {
        String key = xml.getAttributeValue(null, "key");
        String value = xml.getAttributeValue(null, "value");
        if (key == null) {
            return;
        }
        // What has no value of its own is a list of others.
        String text = value == null ? RecordValues.STRUCTURE : value;
        size += key.length() + text.length();
        tooLarge |= size > limit;
        if (!tooLarge) {
            attributes.add(new Attribute(xml.getLocalName(), key, text));
        }
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    void fill(RecordValues values, Map<String, Integer> places) {
        for (Attribute attribute : attributes) {
            Integer place = places.get(attribute.key);
            if (place != null) {
                values.is(place, attribute.value);
            }
        }
    }

    List<String> keys() {
        return attributes.stream().map(Attribute::key).toList();
    }

    /** As they are written in XES, without what they hold inside. */
    String xml() {
        StringBuilder xml = new StringBuilder();
        for (Attribute attribute : attributes) {
            xml.append('<').append(attribute.type).append(" key=\"");
            escape(attribute.key, xml);
            if (attribute.value != RecordValues.STRUCTURE) {
                xml.append("\" value=\"");
                escape(attribute.value, xml);
            }
            xml.append("\"/>");
        }
        return xml.toString();
    }

    private static void escape(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> to.append("&lt;");
                case '&' -> to.append("&amp;");
                case '"' -> to.append("&quot;");
                // Otherwise they would be read back as blanks.
                case '\n', '\r', '\t' -> to.append("&#").append((int) c).append(';');
                default -> to.append(c);
            }
        }
    }
}
