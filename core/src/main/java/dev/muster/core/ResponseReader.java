package dev.muster.core;

import dev.muster.http.HttpResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Turns a successful response into a value. Runs on a virtual thread, never on the engine's. */
@FunctionalInterface
public interface ResponseReader<T> {

    /**
     * Reads.
     *
     * @throws MusterException.Undecodable if the response is not what was promised
     */
    T read(HttpResponse response);

    /** For operations whose answer says nothing. */
    @SuppressWarnings("NullAway") // Void has no other value
    static ResponseReader<@Nullable Void> nothing() {
        return response -> null;
    }

    /** A body of one JSON value. HTML, an empty body and a body cut short are told as what they are. */
    static <T> ResponseReader<T> json(JsonReader.Element<? extends T> value) {
        return response -> {
            String type = response.headers().first("Content-Type");
            if (type != null && type.toLowerCase(Locale.ROOT).contains("html")) {
                throw undecodable("answered with a page in HTML where JSON was expected; is the URL that of the API?");
            }
            if (response.body().length == 0) {
                throw undecodable("answered HTTP " + response.status() + " with an empty body where JSON was expected");
            }
            try (JsonReader in = JsonReader.of(response.body())) {
                T read = value.read(in);
                if (!in.atEnd()) {
                    throw undecodable("more than one JSON value in the body");
                }
                return read;
            } catch (JacksonException e) {
                throw new MusterException.Undecodable(null, "the body is not JSON: " + e.getOriginalMessage(), e);
            }
        };
    }

    private static MusterException undecodable(String message) {
        return new MusterException.Undecodable(null, message, null);
    }
}
