package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * A size of servers, as Nova's {@code GET /flavors/detail} shows it at microversion 2.1.
 *
 * @param id a text chosen by the administrator or a UUID
 * @param name unique
 * @param vcpus virtual processors
 * @param ramMib memory
 * @param diskGib root disk; 0 where the image's size counts
 * @param ephemeralGib a second disk that ends with the server
 * @param swapMib swap disk
 * @param shared whether every project may use it
 * @param disabled whether no new server may be built from it
 */
public record Flavor(
        String id,
        String name,
        long vcpus,
        long ramMib,
        long diskGib,
        long ephemeralGib,
        long swapMib,
        boolean shared,
        boolean disabled) {

    static Flavor read(JsonReader in) {
        String id = null;
        String flavorName = "";
        long vcpus = 0;
        long ram = 0;
        long disk = 0;
        long ephemeral = 0;
        long swap = 0;
        Boolean shared = null;
        Boolean disabled = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "name" -> flavorName = Fields.text(in, "");
                case "vcpus" -> vcpus = amount(in.integer());
                case "ram" -> ram = amount(in.integer());
                case "disk" -> disk = amount(in.integer());
                case "OS-FLV-EXT-DATA:ephemeral" -> ephemeral = amount(in.integer());
                case "swap" -> swap = amount(in.integer());
                case "os-flavor-access:is_public" -> shared = in.bool();
                case "OS-FLV-DISABLED:disabled" -> disabled = in.bool();
                default -> in.skip();
            }
        }
        return new Flavor(
                Fields.needed(id, "a flavor's id"),
                flavorName,
                vcpus,
                ram,
                disk,
                ephemeral,
                swap,
                Fields.flag(shared),
                Fields.flag(disabled));
    }

    /** No swap is an empty text up to microversion 2.74. */
    private static long amount(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
