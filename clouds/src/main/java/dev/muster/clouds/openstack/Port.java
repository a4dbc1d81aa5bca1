package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place on a network where something is plugged in, as Neutron's {@code GET /v2.0/ports} shows it.
 *
 * @param id UUID
 * @param name not unique, mostly empty
 * @param status ACTIVE, DOWN, BUILD or N/A
 * @param project id of its project; may be empty for ports that Neutron made for itself
 * @param network id
 * @param mac hardware address
 * @param addresses with the subnet each is from
 * @param device id of the server or router that uses it; empty where none does
 * @param deviceOwner what kind of user that is, as {@code compute:nova}; empty where there is none
 * @param enabled whether its administrator lets it forward packets
 * @param securityGroups ids
 * @param host where it is bound, told to administrators only
 */
public record Port(
        String id,
        String name,
        String status,
        @Nullable String project,
        String network,
        @Nullable String mac,
        List<FixedIp> addresses,
        String device,
        String deviceOwner,
        boolean enabled,
        List<String> securityGroups,
        @Nullable String host) {

    /**
     * An address of a port.
     *
     * @param subnet id
     * @param address IPv4 or IPv6
     */
    public record FixedIp(@Nullable String subnet, String address) {

        static FixedIp read(JsonReader in) {
            String subnet = null;
            String address = null;
            String name;
            in.beginObject();
            while ((name = in.nextName()) != null) {
                switch (name) {
                    case "subnet_id" -> subnet = in.text();
                    case "ip_address" -> address = in.text();
                    default -> in.skip();
                }
            }
            return new FixedIp(subnet, Fields.needed(address, "an address of a port"));
        }
    }

    static Port read(JsonReader in) {
        String id = null;
        String portName = "";
        String status = "UNKNOWN";
        String project = null;
        String network = null;
        String mac = null;
        List<FixedIp> addresses = List.of();
        String device = "";
        String deviceOwner = "";
        Boolean enabled = null;
        List<String> securityGroups = List.of();
        String host = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "name" -> portName = Fields.text(in, "");
                case "status" -> status = Fields.text(in, "UNKNOWN");
                case "project_id" -> project = in.text();
                case "network_id" -> network = in.text();
                case "mac_address" -> mac = in.text();
                case "fixed_ips" -> addresses = in.list(FixedIp::read);
                case "device_id" -> device = Fields.text(in, "");
                case "device_owner" -> deviceOwner = Fields.text(in, "");
                case "admin_state_up" -> enabled = in.bool();
                case "security_groups" -> securityGroups = Fields.texts(in);
                case "binding:host_id" -> host = in.text();
                default -> in.skip();
            }
        }
        return new Port(
                Fields.needed(id, "a port's id"),
                portName,
                status,
                project,
                Fields.needed(network, "a port's network_id"),
                mac,
                addresses,
                device,
                deviceOwner,
                Fields.flag(enabled),
                securityGroups,
                host);
    }
}
