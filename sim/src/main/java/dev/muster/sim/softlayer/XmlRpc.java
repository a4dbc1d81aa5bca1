package dev.muster.sim.softlayer;

import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /xmlrpc/v3.1/<Service>}, as slcli speaks it: the first parameter holds who asks, the object's id, the mask, the
 * filter and the limit; the others are the method's own.
 */
final class XmlRpc {
    static final String PATH = "/xmlrpc/v3.1";

    private static final XMLInputFactory READERS = XMLInputFactory.newFactory();
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newFactory();

    static {
        READERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        READERS.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    private final Services services;
    private final Users users;

    XmlRpc(Services services, Users users) {
        this.services = services;
        this.users = users;
    }

    private record Call(String method, List<@Nullable Object> parameters) {}

    SimReply answer(SimRequest request, String below) {
        try {
            Call call = read(request.body());
            Map<?, ?> headers = headers(call.parameters);
            String service = below.substring(1);
            authenticate(request, headers);
            List<String> steps = new ArrayList<>();
            if (headers.get(service + "InitParameters") instanceof Map<?, ?> of) {
                steps.add(String.valueOf(of.get("id")));
            }
            steps.add(call.method);
            Map<?, ?> limit = headers.get("resultLimit") instanceof Map<?, ?> map ? map : Map.of();
            Map<?, ?> mask = headers.get("SoftLayer_ObjectMask") instanceof Map<?, ?> map ? map : Map.of();
            Services.Answer answer = services.answer(new Services.Question(
                    service,
                    steps,
                    call.parameters.subList(1, call.parameters.size()),
                    mask.get("mask") == null ? null : String.valueOf(mask.get("mask")),
                    headers.get(service + "ObjectFilter") instanceof Map<?, ?> map ? map : null,
                    number(limit.get("offset")),
                    number(limit.get("limit")),
                    false));
            SimReply reply = SimReply.of(200, "text/xml", write("params", answer.value()))
                    .found(answer.rows(), answer.links());
            return answer.total() < 0 ? reply : reply.with("SoftLayer-Total-Items", Integer.toString(answer.total()));
        } catch (Fault fault) {
            return reply(fault);
        } catch (XMLStreamException e) {
            return reply(new Fault(200, "-32700", "parse error. not well formed"));
        }
    }

    /** Faults come with status 200. */
    static SimReply reply(Fault fault) {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("faultCode", fault.code);
        told.put("faultString", fault.getMessage());
        return SimReply.of(200, "text/xml", write("fault", told));
    }

    private void authenticate(SimRequest request, Map<?, ?> headers) {
        if (headers.get("authenticate") instanceof Map<?, ?> who) {
            users.check(who.get("username"), who.get("apiKey"));
        } else {
            users.check(request);
        }
    }

    private static Map<?, ?> headers(List<@Nullable Object> parameters) {
        return !parameters.isEmpty()
                        && parameters.getFirst() instanceof Map<?, ?> first
                        && first.get("headers") instanceof Map<?, ?> headers
                ? headers
                : Map.of();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    private static Call read(byte[] body) throws XMLStreamException {
        XMLStreamReader in = READERS.createXMLStreamReader(new ByteArrayInputStream(body));
        String method = "";
        List<@Nullable Object> parameters = new ArrayList<>();
        while (in.hasNext()) {
            if (in.next() == XMLStreamReader.START_ELEMENT) {
                if (in.getLocalName().equals("methodName")) {
                    method = in.getElementText();
                } else if (in.getLocalName().equals("value")) {
                    parameters.add(value(in));
                }
            }
        }
        return new Call(method, parameters);
    }

    /** Reads on from {@code <value>} to its end. */
    private static @Nullable Object value(XMLStreamReader in) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        Object value = null;
        boolean typed = false;
        while (true) {
            switch (in.next()) {
                case XMLStreamReader.CHARACTERS -> text.append(in.getText());
                case XMLStreamReader.START_ELEMENT -> {
                    typed = true;
                    value = typed(in);
                }
                case XMLStreamReader.END_ELEMENT -> {
                    return typed ? value : text.toString();
                }
                default -> {}
            }
        }
    }

    private static @Nullable Object typed(XMLStreamReader in) throws XMLStreamException {
        return switch (in.getLocalName()) {
            case "struct" -> struct(in);
            case "array" -> array(in);
            case "int", "i4", "i8" -> Long.valueOf(in.getElementText().strip());
            case "double" -> Double.valueOf(in.getElementText().strip());
            case "boolean" -> in.getElementText().strip().equals("1");
            case "nil" -> {
                in.getElementText();
                yield null;
            }
            default -> in.getElementText();
        };
    }

    private static Map<String, @Nullable Object> struct(XMLStreamReader in) throws XMLStreamException {
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        String name = "";
        while (true) {
            int event = in.next();
            if (event == XMLStreamReader.START_ELEMENT && in.getLocalName().equals("name")) {
                name = in.getElementText();
            } else if (event == XMLStreamReader.START_ELEMENT
                    && in.getLocalName().equals("value")) {
                struct.put(name, value(in));
            } else if (event == XMLStreamReader.END_ELEMENT && in.getLocalName().equals("struct")) {
                return struct;
            }
        }
    }

    private static List<@Nullable Object> array(XMLStreamReader in) throws XMLStreamException {
        List<@Nullable Object> array = new ArrayList<>();
        while (true) {
            int event = in.next();
            if (event == XMLStreamReader.START_ELEMENT && in.getLocalName().equals("value")) {
                array.add(value(in));
            } else if (event == XMLStreamReader.END_ELEMENT && in.getLocalName().equals("array")) {
                return array;
            }
        }
    }

    private static String write(String kind, @Nullable Object value) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = WRITERS.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("methodResponse");
            out.writeStartElement(kind);
            if (kind.equals("params")) {
                out.writeStartElement("param");
            }
            write(out, value);
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("an answer that cannot be written as XML", e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter out, @Nullable Object value) throws XMLStreamException {
        out.writeStartElement("value");
        switch (value) {
            case null -> out.writeEmptyElement("nil");
            case Map<?, ?> map -> {
                out.writeStartElement("struct");
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.writeStartElement("member");
                    text(out, "name", String.valueOf(entry.getKey()));
                    write(out, entry.getValue());
                    out.writeEndElement();
                }
                out.writeEndElement();
            }
            case List<?> list -> {
                out.writeStartElement("array");
                out.writeStartElement("data");
                for (Object one : list) {
                    write(out, one);
                }
                out.writeEndElement();
                out.writeEndElement();
            }
            case Boolean flag -> text(out, "boolean", flag ? "1" : "0");
            case Double number -> text(out, "double", number.toString());
            case Number number -> text(out, "int", number.toString());
            default -> text(out, "string", Objects.toString(value));
        }
        out.writeEndElement();
    }

    private static void text(XMLStreamWriter out, String element, String text) throws XMLStreamException {
        out.writeStartElement(element);
        out.writeCharacters(text);
        out.writeEndElement();
    }
}
