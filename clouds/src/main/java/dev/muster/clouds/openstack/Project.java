package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * What owns resources and has quotas, as Keystone's {@code GET /v3/auth/projects} shows it.
 *
 * @param id 32 hexadecimal digits, mostly
 * @param name unique in its domain
 * @param domain id of its domain
 * @param enabled whether one can log in to it
 * @param description its administrator's own words
 */
public record Project(
        String id,
        String name,
        @Nullable String domain,
        boolean enabled,
        @Nullable String description) {

    static Project read(JsonReader in) {
        String id = null;
        String projectName = "";
        String domain = null;
        Boolean enabled = null;
        String description = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "name" -> projectName = Fields.text(in, "");
                case "domain_id" -> domain = in.text();
                case "enabled" -> enabled = in.bool();
                case "description" -> description = in.text();
                default -> in.skip();
            }
        }
        return new Project(Fields.needed(id, "a project's id"), projectName, domain, Fields.flag(enabled), description);
    }
}
