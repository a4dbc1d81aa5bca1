package dev.muster.clouds.softlayer;

import dev.muster.core.FaultReader;
import dev.muster.core.JsonReader;
import dev.muster.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Errors of the service: {@code {"error": "…", "code": "SoftLayer_Exception_…"}}, with almost any status. */
final class SoftLayerFaults implements FaultReader {
    /** Which rows of a list an answer was to hold; put there by the wire, which knows. */
    static final String ROWS = "Muster-Rows";

    private static final String CODES = "SoftLayer_Exception_";

    /** What an error says. */
    record Fault(String message, String code) {

        boolean is(String... names) {
            for (String name : names) {
                if (code.startsWith(CODES + name)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether it says that too much was asked for in one second. */
        boolean throttles() {
            return is("WebService_RateLimitExceeded");
        }

        /** The status that HTTP has for it. */
        int status() {
            if (throttles()) {
                return 429;
            }
            if (is("ObjectNotFound", "NotFound")) {
                return 404;
            }
            if (is("Account_Authentication", "User_Customer_Unauthorized", "User_Customer_InvalidUserStatus")) {
                return 401;
            }
            if (is("InvalidValue", "NotImplemented", "WebService_BadRequest", "MissingCreationProperty")
                    || code.equals("-32601")) {
                return 400;
            }
            // What is public and no internal error tells of the request; the service has no code of its own for it.
            return is("Public") && !isInternal() ? 400 : 500;
        }

        private boolean isInternal() {
            return message.toLowerCase(java.util.Locale.ROOT).contains("internal error");
        }
    }

    /** The error in a body; null where it is something else. */
    static @Nullable Fault fault(byte[] body) {
        if (!looksSo(body)) {
            return null;
        }
        try (JsonReader in = JsonReader.of(body)) {
            String message = null;
            String code = null;
            in.beginObject();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("error") && !in.atObject() && !in.atArray()) {
                    message = in.text();
                } else if (name.equals("code") && !in.atObject() && !in.atArray()) {
                    code = in.text();
                } else {
                    return null;
                }
            }
            return message == null ? null : new Fault(message, code == null ? "" : code);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Whether a look at the beginning may show an error; objects of the service that have a property of that name are few. */
    private static boolean looksSo(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 32), StandardCharsets.US_ASCII);
        return start.stripLeading().startsWith("{") && (start.contains("\"error\"") || start.contains("\"code\""));
    }

    @Override
    public boolean throttles(HttpResponse response) {
        Fault fault = fault(response.body());
        return fault != null && fault.throttles();
    }

    @Override
    public @Nullable String message(HttpResponse response) {
        Fault fault = fault(response.body());
        String rows = response.headers().first(ROWS);
        String where = rows == null ? "" : rows + ": ";
        String hint = response.status() == 401 ? "; check the user and the key" : "";
        if (fault == null) {
            String type = response.headers().first("Content-Type");
            return rows == null && response.status() != 404
                    ? null
                    : where
                            + (response.status() == 404 ? "nothing is there; check endpoint_url: " : "")
                            + (type != null && type.contains("html") ? "a page in HTML" : response.text());
        }
        return where
                + fault.message().strip().replaceFirst("\\.$", "")
                + (fault.code().isEmpty() ? "" : " (" + fault.code() + ")")
                + hint;
    }
}
