package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network of Neutron, as {@code GET /v2.0/networks} shows it.
 *
 * @param id UUID
 * @param name not unique, may be empty
 * @param status ACTIVE, DOWN, BUILD or ERROR
 * @param project id of its project
 * @param enabled whether its administrator lets it forward packets
 * @param shared whether every project may use it
 * @param external whether floating IPs can come from it
 * @param mtu the largest packet, or null
 * @param subnets ids
 * @param tags its owner's own words
 */
public record Network(
        String id,
        String name,
        String status,
        @Nullable String project,
        boolean enabled,
        boolean shared,
        boolean external,
        @Nullable Long mtu,
        List<String> subnets,
        List<String> tags) {

    static Network read(JsonReader in) {
        String id = null;
        String networkName = "";
        String status = "UNKNOWN";
        String project = null;
        Boolean enabled = null;
        Boolean shared = null;
        Boolean external = null;
        Long mtu = null;
        List<String> subnets = List.of();
        List<String> tags = List.of();
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "name" -> networkName = Fields.text(in, "");
                case "status" -> status = Fields.text(in, "UNKNOWN");
                case "project_id" -> project = in.text();
                case "admin_state_up" -> enabled = in.bool();
                case "shared" -> shared = in.bool();
                case "router:external" -> external = in.bool();
                case "mtu" -> mtu = in.integer();
                case "subnets" -> subnets = Fields.texts(in);
                case "tags" -> tags = Fields.texts(in);
                default -> in.skip();
            }
        }
        return new Network(
                Fields.needed(id, "a network's id"),
                networkName,
                status,
                project,
                Fields.flag(enabled),
                Fields.flag(shared),
                Fields.flag(external),
                mtu,
                subnets,
                tags);
    }
}
