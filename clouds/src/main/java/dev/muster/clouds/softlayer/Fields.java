package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The properties of an object as a typed record takes them. */
record Fields(Item item, String what) {

    static Fields read(JsonReader in, String what) {
        return new Fields(Item.read(in), what);
    }

    long id() {
        Long id = item.integer("id");
        if (id == null) {
            throw undecodable(what + " has no id");
        }
        return id;
    }

    String needed(String path) {
        String text = item.text(path);
        if (text == null) {
            throw undecodable(what + " has no " + path);
        }
        return text;
    }

    @Nullable
    String text(String path) {
        return item.text(path);
    }

    @Nullable
    Long integer(String path) {
        return item.integer(path);
    }

    boolean flag(String path) {
        Object value = item.get(path);
        return Boolean.TRUE.equals(value) || Objects.equals(value, 1L);
    }

    @Nullable
    Instant time(String path) {
        String text = item.text(path);
        try {
            return text == null || text.isEmpty()
                    ? null
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw undecodable(path + " of " + what + " is no date");
        }
    }

    List<String> tags() {
        return item.list("tagReferences").stream()
                .map(tag -> tag.text("tag.name"))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    private static MusterException undecodable(String message) {
        return new MusterException.Undecodable(null, message, null);
    }
}
