package dev.forestall.connectors.files;

import java.io.Reader;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML that strangers wrote: no document types, no entities of their own, nothing fetched from elsewhere. */
final class SafeXml {

    private SafeXml() {}

    static XMLStreamReader reader(Reader text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("it refers to '" + systemId + "' elsewhere, which logs have no need of");
        });
        return factory.createXMLStreamReader(text);
    }

    /** Moves to the outermost element; false when there is none. */
    static boolean nextIsStart(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            int kind = xml.next();
            if (kind == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (kind == XMLStreamConstants.DTD) {
                throw new XMLStreamException(
                        "it declares a document type, which logs have no need of", xml.getLocation());
            }
        }
        return false;
    }

    /** What the parser says, on one line and without the place, which is known. */
    static String reason(XMLStreamException malformed) {
        String message = String.valueOf(malformed.getMessage());
        int end = message.indexOf("Message: ");
        String reason = end < 0 ? message : message.substring(end + "Message: ".length());
        int place = reason.indexOf("\nMessage");
        return (place < 0 ? reason : reason.substring(0, place))
                .replaceAll("\\s+", " ")
                .replaceAll("\\.$", "");
    }
}
