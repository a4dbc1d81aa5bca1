package dev.muster.bench;

import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * A figure held against the bound it must keep.
 *
 * @param atMost whether the bound is an upper one
 */
public record Bar(String name, double figure, double bound, boolean atMost) {
    public boolean ok() {
        return atMost ? figure <= bound : figure >= bound;
    }

    public void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeNumberProperty("figure", figure);
        out.writeNumberProperty("bound", bound);
        out.writeBooleanProperty("ok", ok());
        out.writeEndObject();
    }

    /** {@code name figure bound ok|short}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s %.3f %s%.3f %s", name, figure, atMost ? "<=" : ">=", bound, ok() ? "ok" : "short");
    }
}
