package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * An address of an external network that can be moved among ports, as Neutron's {@code GET /v2.0/floatingips} shows it.
 *
 * @param id UUID
 * @param address the outer address
 * @param status ACTIVE, DOWN or ERROR
 * @param project id of its project
 * @param network id of the external network it is from
 * @param port id of the port it leads to; null where it is free
 * @param fixedAddress the inner address it leads to; null where it is free
 * @param router id of the router that translates it; null where it is free
 * @param description its owner's own words
 */
public record FloatingIp(
        String id,
        String address,
        String status,
        @Nullable String project,
        @Nullable String network,
        @Nullable String port,
        @Nullable String fixedAddress,
        @Nullable String router,
        @Nullable String description) {

    static FloatingIp read(JsonReader in) {
        String id = null;
        String address = null;
        String status = "UNKNOWN";
        String project = null;
        String network = null;
        String port = null;
        String fixedAddress = null;
        String router = null;
        String description = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "floating_ip_address" -> address = in.text();
                case "status" -> status = Fields.text(in, "UNKNOWN");
                case "project_id" -> project = in.text();
                case "floating_network_id" -> network = in.text();
                case "port_id" -> port = in.text();
                case "fixed_ip_address" -> fixedAddress = in.text();
                case "router_id" -> router = in.text();
                case "description" -> description = in.text();
                default -> in.skip();
            }
        }
        return new FloatingIp(
                Fields.needed(id, "a floating IP's id"),
                Fields.needed(address, "a floating IP's address"),
                status,
                project,
                network,
                port,
                fixedAddress,
                router,
                description);
    }
}
