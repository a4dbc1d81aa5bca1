package dev.muster.sim.ovirt;

import dev.muster.sim.internal.SimRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a request asks to make or change, in either format, which are the same tree: attributes are parts like any others, and
 * a JSON array is a part that there are several of.
 */
final class Body {
    private static final JsonFactory JSON = new JsonFactory();
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    private final Map<String, List<Body>> parts = new LinkedHashMap<>();
    private String text = "";

    /** Reads a body; null = it is not what its type says. */
    static @Nullable Body read(SimRequest request) {
        if (request.body().length == 0) {
            return new Body();
        }
        String type = request.header("Content-Type");
        try {
            return type != null && type.contains("json") ? json(request.body()) : xml(request.body());
        } catch (JacksonException | XMLStreamException e) {
            return null;
        }
    }

    /** The names of the parts, in order. */
    Iterable<String> names() {
        return parts.keySet();
    }

    /** Whether there is nothing but this. */
    boolean isOnly(String name) {
        return parts.size() == 1 && parts.containsKey(name);
    }

    /** All parts of a name. */
    List<Body> all(String name) {
        return parts.getOrDefault(name, List.of());
    }

    /** The first part at a path such as {@code cpu.topology}; null = not given. */
    @Nullable
    Body part(String path) {
        Body at = this;
        for (String name : path.split("\\.", -1)) {
            List<Body> named = at.all(name);
            if (named.isEmpty()) {
                return null;
            }
            at = named.getFirst();
        }
        return at;
    }

    /** The text at a path such as {@code cluster.id}; null = not given, or it has parts. */
    @Nullable
    String text(String path) {
        Body part = part(path);
        return part == null || !part.parts.isEmpty() ? null : part.text;
    }

    /** The text of this part itself; empty where it has parts. */
    String text() {
        return text;
    }

    private static Body xml(byte[] body) throws XMLStreamException {
        Body root = new Body();
        Deque<Body> open = new ArrayDeque<>();
        XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    // The root's own name says nothing that the path does not.
                    Body element = open.isEmpty() ? root : open.peek().add(xml.getLocalName());
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        element.add(xml.getAttributeLocalName(i)).text = xml.getAttributeValue(i);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.CHARACTERS ->
                    open.peek().text += xml.getText().strip();
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                default -> {}
            }
        }
        return root;
    }

    private static Body json(byte[] body) {
        Body root = new Body();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                root.fill(json);
            }
            while (json.nextToken() != null) {
                // Read to the end: what follows must be well-formed too.
            }
        }
        return root;
    }

    private void fill(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    add(name).take(json);
                }
            } else {
                add(name).take(json);
            }
        }
    }

    private void take(JsonParser json) {
        switch (json.currentToken()) {
            case START_OBJECT -> fill(json);
            case START_ARRAY -> json.skipChildren();
            case VALUE_NULL -> {}
            case null, default -> text = json.getString();
        }
    }

    private Body add(String name) {
        Body part = new Body();
        parts.computeIfAbsent(name, missing -> new ArrayList<>()).add(part);
        return part;
    }
}
