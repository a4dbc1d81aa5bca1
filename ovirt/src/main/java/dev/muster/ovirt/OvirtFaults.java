package dev.muster.ovirt;

import dev.muster.core.FaultReader;
import dev.muster.core.JsonReader;
import dev.muster.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine's errors: faults with a reason and a detail, alone or inside an action; the single sign-on's, which have a code.
 * A missing entity has an empty body. Pages in HTML are left to be shown as what they are.
 */
final class OvirtFaults implements FaultReader {
    @Override
    public @Nullable String message(HttpResponse response) {
        String text = response.text().strip();
        if (text.isEmpty()) {
            return response.status() == 404 ? "no such entity" : null;
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            Map<String, String> said = new LinkedHashMap<>();
            try (JsonReader in = JsonReader.of(text)) {
                collect(in, said);
            }
            return message(said);
        }
        return response.status() == 500 && text.startsWith("<")
                ? "an internal error, told as a page in HTML: the engine answers so where follow names what is not there"
                : null;
    }

    /** What is said at the top, in the fault of an action, or in the one element of a list. */
    private static void collect(JsonReader in, Map<String, String> said) {
        if (in.atArray()) {
            in.beginArray();
            while (in.nextElement()) {
                collect(in, said);
            }
            return;
        }
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "reason", "detail", "error_code", "error", "error_description" -> {
                    String value = in.text();
                    if (value != null) {
                        said.putIfAbsent(name, value);
                    }
                }
                case "fault" -> collect(in, said);
                default -> in.skip();
            }
        }
    }

    private static @Nullable String message(Map<String, String> said) {
        String message = Stream.of("reason", "error_code", "detail", "error", "error_description")
                .map(said::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
        return message.isEmpty() ? null : message;
    }
}
