package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Json;
import dev.muster.sim.internal.SimRequest;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a request asks to make or change, in either format: texts by their paths, such as {@code cpu.topology.cores} or
 * {@code cluster.id}. Of repeated elements the last one stays.
 */
record Body(Map<String, String> texts) {
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /** The text at a path; null = not given. */
    @Nullable
    String text(String path) {
        return texts.get(path);
    }

    /** Reads a body; null = it is not what its type says. */
    static @Nullable Body read(SimRequest request) {
        if (request.body().length == 0) {
            return new Body(Map.of());
        }
        String type = request.header("Content-Type");
        try {
            return new Body(type != null && type.contains("json") ? Json.texts(request.body()) : xml(request.body()));
        } catch (JacksonException | XMLStreamException e) {
            return null;
        }
    }

    private static Map<String, String> xml(byte[] body) throws XMLStreamException {
        Map<String, String> texts = new HashMap<>();
        Deque<String> paths = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String parent = paths.peek();
                    // The root's own name is no part of the paths.
                    String path = parent == null
                            ? ""
                            : parent.isEmpty() ? xml.getLocalName() : parent + "." + xml.getLocalName();
                    paths.push(path);
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        texts.put(path + "." + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
                    }
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    String path = paths.pop();
                    if (!text.toString().isBlank()) {
                        texts.put(path, text.toString().strip());
                    }
                    text.setLength(0);
                }
                default -> {}
            }
        }
        return texts;
    }
}
