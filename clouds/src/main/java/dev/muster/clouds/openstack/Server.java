package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine of Nova, as {@code GET /servers/detail} shows it at microversion 2.1.
 *
 * @param id UUID
 * @param name display name, not unique
 * @param status ACTIVE, SHUTOFF, ERROR, BUILD, …
 * @param vmState what it is in, as {@code active}; null where the cloud hides it
 * @param taskState what is being done with it, as {@code rebooting}; null where nothing is
 * @param powerState 0 no state, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended
 * @param project id of its project
 * @param user id of who made it
 * @param flavor id of the flavor it was built from; that flavor may be gone
 * @param image id of the image it was built from; null where it boots from a volume
 * @param availabilityZone null until it is placed
 * @param host the compute host, told to administrators only
 * @param keyName the key pair put into it, or null
 * @param addresses on all its networks, in the order Nova has them
 * @param metadata its owner's own keys and values
 * @param securityGroups names, one for each port that has it
 * @param volumes ids of the volumes attached
 * @param created when it was asked for
 * @param updated when its record last changed
 * @param launched when it first ran, or null
 * @param fault why it is in ERROR, or null
 */
public record Server(
        String id,
        String name,
        String status,
        @Nullable String vmState,
        @Nullable String taskState,
        @Nullable Long powerState,
        @Nullable String project,
        @Nullable String user,
        @Nullable String flavor,
        @Nullable String image,
        @Nullable String availabilityZone,
        @Nullable String host,
        @Nullable String keyName,
        List<Address> addresses,
        Map<String, String> metadata,
        List<String> securityGroups,
        List<String> volumes,
        @Nullable Instant created,
        @Nullable Instant updated,
        @Nullable Instant launched,
        @Nullable String fault) {

    /**
     * An address of a server.
     *
     * @param network the network's name
     * @param address IPv4 or IPv6
     * @param type fixed or floating
     * @param mac of the port that has it
     */
    public record Address(
            String network,
            String address,
            @Nullable String type,
            @Nullable String mac) {}

    /**
     * A server in brief, as {@code GET /servers} shows it.
     *
     * @param id UUID
     * @param name display name, not unique
     */
    public record Brief(String id, String name) {

        static Brief read(JsonReader in) {
            String id = null;
            String serverName = "";
            String name;
            in.beginObject();
            while ((name = in.nextName()) != null) {
                switch (name) {
                    case "id" -> id = in.text();
                    case "name" -> serverName = Fields.text(in, "");
                    default -> in.skip();
                }
            }
            return new Brief(Fields.needed(id, "a server's id"), serverName);
        }
    }

    static Server read(JsonReader in) {
        String id = null;
        String serverName = "";
        String status = "UNKNOWN";
        String vmState = null;
        String taskState = null;
        Long powerState = null;
        String project = null;
        String user = null;
        String flavor = null;
        String image = null;
        String zone = null;
        String host = null;
        String keyName = null;
        List<Address> addresses = List.of();
        Map<String, String> metadata = Map.of();
        List<String> securityGroups = List.of();
        List<String> volumes = List.of();
        Instant created = null;
        Instant updated = null;
        Instant launched = null;
        String fault = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "id" -> id = in.text();
                case "name" -> serverName = Fields.text(in, "");
                case "status" -> status = Fields.text(in, "UNKNOWN");
                case "OS-EXT-STS:vm_state" -> vmState = in.text();
                case "OS-EXT-STS:task_state" -> taskState = in.text();
                case "OS-EXT-STS:power_state" -> powerState = in.integer();
                case "tenant_id" -> project = in.text();
                case "user_id" -> user = in.text();
                case "flavor" -> flavor = Fields.id(in);
                case "image" -> image = Fields.id(in);
                case "OS-EXT-AZ:availability_zone" -> zone = in.text();
                case "OS-EXT-SRV-ATTR:host" -> host = in.text();
                case "key_name" -> keyName = in.text();
                case "addresses" -> addresses = addresses(in);
                case "metadata" -> metadata = Fields.map(in);
                case "security_groups" -> securityGroups = Fields.each(in, "name");
                case "os-extended-volumes:volumes_attached" -> volumes = Fields.each(in, "id");
                case "created" -> created = in.time();
                case "updated" -> updated = in.time();
                case "OS-SRV-USG:launched_at" -> launched = in.time();
                case "fault" -> fault = Fields.inside(in, "message");
                default -> in.skip();
            }
        }
        return new Server(
                Fields.needed(id, "a server's id"),
                serverName,
                status,
                vmState,
                taskState,
                powerState,
                project,
                user,
                flavor,
                image,
                zone,
                host,
                keyName,
                addresses,
                metadata,
                securityGroups,
                volumes,
                created,
                updated,
                launched,
                fault);
    }

    private static List<Address> addresses(JsonReader in) {
        List<Address> addresses = new ArrayList<>();
        String network;
        if (in.beginObject()) {
            while ((network = in.nextName()) != null) {
                String of = network;
                addresses.addAll(in.list(one -> address(of, one)));
            }
        }
        return addresses;
    }

    private static Address address(String network, JsonReader in) {
        String address = null;
        String type = null;
        String mac = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "addr" -> address = in.text();
                case "OS-EXT-IPS:type" -> type = in.text();
                case "OS-EXT-IPS-MAC:mac_addr" -> mac = in.text();
                default -> in.skip();
            }
        }
        return new Address(network, Fields.needed(address, "an address of a server"), type, mac);
    }
}
