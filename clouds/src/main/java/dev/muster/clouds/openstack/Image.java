package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image of Glance, as {@code GET /v2/images} shows it.
 *
 * @param id UUID
 * @param name not unique; null where it has none
 * @param status active, queued, saving, deactivated, …
 * @param visibility public, private, shared or community
 * @param owner id of its project
 * @param size bytes of the file; null until it is uploaded
 * @param virtualSize bytes of the disk inside; null where Glance does not know
 * @param diskFormat qcow2, raw, vmdk, …
 * @param containerFormat bare, ovf, …
 * @param minDiskGib the smallest disk it boots on
 * @param minRamMib the least memory it boots with
 * @param locked whether it cannot be deleted
 * @param checksum MD5 of the file, or null
 * @param tags its owner's own words
 * @param created when it was registered
 * @param updated when its record last changed
 * @param properties everything else that stands beside these fields, as {@code os_distro} or {@code hw_disk_bus}
 */
public record Image(
        String id,
        @Nullable String name,
        String status,
        @Nullable String visibility,
        @Nullable String owner,
        @Nullable Long size,
        @Nullable Long virtualSize,
        @Nullable String diskFormat,
        @Nullable String containerFormat,
        @Nullable Long minDiskGib,
        @Nullable Long minRamMib,
        boolean locked,
        @Nullable String checksum,
        List<String> tags,
        @Nullable Instant created,
        @Nullable Instant updated,
        Map<String, String> properties) {
    /** Links, and places that a client has no use for. */
    private static final Set<String> NO_PROPERTIES = Set.of("self", "file", "schema", "direct_url");

    static Image read(JsonReader in) {
        String id = null;
        String imageName = null;
        String status = "unknown";
        String visibility = null;
        String owner = null;
        Long size = null;
        Long virtualSize = null;
        String diskFormat = null;
        String containerFormat = null;
        Long minDisk = null;
        Long minRam = null;
        Boolean locked = null;
        String checksum = null;
        List<String> tags = List.of();
        Instant created = null;
        Instant updated = null;
        Map<String, String> properties = new LinkedHashMap<>();
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "name" -> imageName = in.text();
                case "status" -> status = Fields.text(in, "unknown");
                case "visibility" -> visibility = in.text();
                case "owner" -> owner = in.text();
                case "size" -> size = in.integer();
                case "virtual_size" -> virtualSize = in.integer();
                case "disk_format" -> diskFormat = in.text();
                case "container_format" -> containerFormat = in.text();
                case "min_disk" -> minDisk = in.integer();
                case "min_ram" -> minRam = in.integer();
                case "protected" -> locked = in.bool();
                case "checksum" -> checksum = in.text();
                case "tags" -> tags = Fields.texts(in);
                case "created_at" -> created = in.time();
                case "updated_at" -> updated = in.time();
                default -> property(in, name, properties);
            }
        }
        return new Image(
                Fields.needed(id, "an image's id"),
                imageName,
                status,
                visibility,
                owner,
                size,
                virtualSize,
                diskFormat,
                containerFormat,
                minDisk,
                minRam,
                Fields.flag(locked),
                checksum,
                tags,
                created,
                updated,
                properties);
    }

    private static void property(JsonReader in, String name, Map<String, String> properties) {
        if (in.atObject() || in.atArray() || NO_PROPERTIES.contains(name)) {
            in.skip();
            return;
        }
        String value = in.text();
        if (value != null) {
            properties.put(name, value);
        }
    }
}
