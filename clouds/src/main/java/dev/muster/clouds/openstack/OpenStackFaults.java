package dev.muster.clouds.openstack;

import dev.muster.core.FaultReader;
import dev.muster.core.JsonReader;
import dev.muster.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Errors in the forms that OpenStack's services have. Keystone: {@code {"error": {"message": …}}}; Nova: the same below
 * the fault's own name, as {@code itemNotFound}; Neutron: {@code {"NeutronError": {"type": …, "message": …}}}, or a text
 * there; here and there {@code {"message": …}} alone. Glance's plain text, and HTML, are left to be shown as they are.
 */
final class OpenStackFaults implements FaultReader {

    @Override
    public @Nullable String message(HttpResponse response) {
        if (!response.text().stripLeading().startsWith("{")) {
            return null;
        }
        try (JsonReader in = JsonReader.of(response.body())) {
            String found = null;
            String name;
            in.beginObject();
            while ((name = in.nextName()) != null) {
                if (in.atObject()) {
                    String inner = fault(in);
                    found = found == null ? inner : found;
                } else if (!in.atArray() && (name.equals("message") || name.endsWith("Error"))) {
                    found = in.text();
                } else {
                    in.skip();
                }
            }
            return found;
        }
    }

    /** The fault's own words, with Neutron's type of it, which says more than its text. */
    private static @Nullable String fault(JsonReader in) {
        String message = null;
        String type = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            boolean plain = !in.atObject() && !in.atArray();
            if (plain && name.equals("message")) {
                message = in.text();
            } else if (plain && name.equals("type")) {
                type = in.text();
            } else {
                in.skip();
            }
        }
        return type == null || message == null ? message : message + " (" + type + ")";
    }
}
