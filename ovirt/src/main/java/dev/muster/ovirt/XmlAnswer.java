package dev.muster.ovirt;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.muster.core.Json;
import dev.muster.ovirt.XmlTypes.Member;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A document of the engine's XML, as the JSON that it would have been: the two are the same tree, but for attributes, and for
 * lists, which only the model tells. Whole numbers and flags stay text, as in the engine's
 * JSON, and so do moments, which are numbers there.
 */
final class XmlAnswer {
    /** Deeper than any answer; a parser's stack is not for a server to use up. */
    private static final int DEEPEST = 200;

    private static final XMLInputFactory FACTORY = factory();

    private final XmlTypes types = XmlTypes.get();
    private final XMLStreamReader in;
    private int depth;

    private XmlAnswer(XMLStreamReader in) {
        this.in = in;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * Translates.
     *
     * @throws XMLStreamException if it is not well-formed
     */
    static byte[] json(byte[] xml) throws XMLStreamException {
        XMLStreamReader in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
        try {
            return Json.bytes(out -> {
                try {
                    new XmlAnswer(in).document(out);
                } catch (XMLStreamException e) {
                    throw new NotWellFormed(e);
                }
            });
        } catch (NotWellFormed e) {
            throw e.why;
        } catch (UncheckedStreamException e) {
            // A text is read when it is asked for, where the parser can tell of entities it does not know in no other
            // way.
            throw new XMLStreamException(e.getMessage(), e);
        } finally {
            in.close();
        }
    }

    private static final class NotWellFormed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final XMLStreamException why;

        NotWellFormed(XMLStreamException why) {
            super(why);
            this.why = why;
        }
    }

    private void document(JsonGenerator out) throws XMLStreamException {
        in.nextTag();
        Member root = types.document(in.getLocalName());
        if (root != null && root.list()) {
            list(out, root.struct());
        } else {
            struct(out, root == null ? null : root.struct());
        }
        // What stands behind the root may be comments, and must be well-formed.
        while (in.hasNext()) {
            in.next();
        }
    }

    private void enter() throws XMLStreamException {
        if (++depth > DEEPEST) {
            throw new XMLStreamException("more than " + DEEPEST + " elements deep", in.getLocation());
        }
    }

    /** At a start tag; afterwards at its end tag. */
    private void struct(JsonGenerator out, @Nullable String type) throws XMLStreamException {
        enter();
        out.writeStartObject();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            out.writeStringProperty(in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        for (boolean more = nextStart(); more; ) {
            String name = in.getLocalName();
            Member member = types.member(type, name);
            out.writeName(name);
            if (name.equals("link") && member == null) {
                more = same(out, name, null);
                continue;
            }
            if (member == null) {
                Json.write(out, unknown());
            } else if (member.list()) {
                list(out, member.struct());
            } else if (member.struct() != null) {
                struct(out, member.struct());
            } else if (member.number()) {
                number(out, in.getElementText());
            } else {
                out.writeString(in.getElementText());
            }
            more = nextStart();
        }
        out.writeEndObject();
        depth--;
    }

    private static void number(JsonGenerator out, String text) {
        try {
            out.writeNumber(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            // Whoever reads it will say where it stands.
            out.writeString(text);
        }
    }

    /** At the start tag of what holds the elements; afterwards at its end tag. */
    private void list(JsonGenerator out, @Nullable String struct) throws XMLStreamException {
        enter();
        out.writeStartObject();
        for (boolean more = nextStart(); more; ) {
            String name = in.getLocalName();
            out.writeName(name);
            more = same(out, name, struct);
        }
        out.writeEndObject();
        depth--;
    }

    /** At the first of several elements of one name; afterwards at the next start tag, if there is one. */
    private boolean same(JsonGenerator out, String name, @Nullable String struct) throws XMLStreamException {
        boolean more = true;
        out.writeStartArray();
        while (more && in.getLocalName().equals(name)) {
            if (struct != null) {
                struct(out, struct);
            } else {
                Json.write(out, unknown());
            }
            more = nextStart();
        }
        out.writeEndArray();
        return more;
    }

    /** An element that the model does not know, or a simple value: text, or what is inside by name, several as lists. */
    private Object unknown() throws XMLStreamException {
        enter();
        Map<String, Object> inside = new LinkedHashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            inside.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                inside.merge(in.getLocalName(), unknown(), XmlAnswer::both);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(in.getText());
            }
        }
        depth--;
        return inside.isEmpty() ? text.toString() : inside;
    }

    private static Object both(Object first, Object second) {
        List<Object> all = new ArrayList<>(first instanceof List<?> list ? list : List.of(first));
        all.add(second);
        return all;
    }

    /** Goes on to the next start tag inside the element that is open; false at its end tag. */
    private boolean nextStart() throws XMLStreamException {
        int event = in.next();
        while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
            event = in.next();
        }
        return event == XMLStreamConstants.START_ELEMENT;
    }
}
