package dev.muster.clouds.openstack;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.DECIMAL;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;
import static dev.muster.core.ServerFilter.parameter;

import dev.muster.core.ApiRequest;
import dev.muster.core.ListRequest;
import dev.muster.core.Table;

/** Nova's tables. */
final class ComputeTables {
    private ComputeTables() {}

    /** Servers of the session's project, or, for administrators, of all. */
    static Table servers(boolean allProjects) {
        ListRequest list = allProjects ? Nova.SERVERS.query("all_tenants", 1) : Nova.SERVERS;
        ListRequest brief = allProjects ? Nova.BRIEF_SERVERS.query("all_tenants", 1) : Nova.BRIEF_SERVERS;
        return Table.named("openstack_server", "A virtual machine run by Nova.")
                .list(list)
                .brief(brief, "id", "name")
                .get(ApiRequest.get("compute", "/servers/{id}"), "/server")
                .filter("status", parameter("status"))
                .filter("flavor_id", parameter("flavor"))
                .filter("image_id", parameter("image"))
                .sorts("name", Query.sort("display_name"))
                .sorts("created", Query.sort("created_at"))
                .sorts("updated", Query.sort("updated_at"))
                .one("flavor", "flavor_id", "openstack_flavor", "id")
                .one("image", "image_id", "openstack_image", "id")
                .many("ports", "id", "openstack_port", "device_id")
                .key("id", TEXT, "UUID.")
                .column("name", TEXT, "Display name; not unique.")
                .column("status", TEXT, "ACTIVE, SHUTOFF, ERROR, BUILD, …")
                .column("vm_state", TEXT, "What it is in, as active.", at("/OS-EXT-STS:vm_state"))
                .column("task_state", TEXT, "What is being done with it.", at("/OS-EXT-STS:task_state"))
                .column(
                        "power_state",
                        INTEGER,
                        "0 no state, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended.",
                        at("/OS-EXT-STS:power_state"))
                .column("project_id", TEXT, "Its project.", at("/tenant_id"))
                .column("user_id", TEXT, "Who made it.")
                .column("flavor_id", TEXT, "The flavor it was built from.", at("/flavor/id"))
                .column(
                        "image_id",
                        TEXT,
                        "The image it was built from; none where it boots from a volume.",
                        at("/image/id"))
                .column("availability_zone", TEXT, "Where it runs.", at("/OS-EXT-AZ:availability_zone"))
                .column("host", TEXT, "The compute host; for administrators only.", at("/OS-EXT-SRV-ATTR:host"))
                .column("host_id", TEXT, "A hash of host and project.", at("/hostId"))
                .column("key_name", TEXT, "The key pair put into it.")
                .column("addresses", JSON, "Its addresses by network.")
                .column("security_groups", JSON, "Names of its security groups.")
                .column("volumes", JSON, "Volumes attached.", at("/os-extended-volumes:volumes_attached"))
                .column("metadata", JSON, "Its owner's own keys and values.")
                .column("fault", TEXT, "Why it is in ERROR.", at("/fault/message"))
                .column("created", TIME, "When it was asked for.")
                .column("updated", TIME, "When its record last changed.")
                .column("launched", TIME, "When it first ran.", at("/OS-SRV-USG:launched_at"))
                .build();
    }

    static final Table FLAVORS = Table.named("openstack_flavor", "A size of servers.")
            .list(Nova.FLAVORS)
            .get(ApiRequest.get("compute", "/flavors/{id}"), "/flavor")
            .key("id", TEXT, "A text chosen by the administrator, or a UUID.")
            .column("name", TEXT, "Unique name.")
            .column("vcpus", INTEGER, "Virtual processors.")
            .column("ram_mib", INTEGER, "Memory.", at("/ram"))
            .column("disk_gib", INTEGER, "Root disk; 0 where the image's size counts.", at("/disk"))
            .column(
                    "ephemeral_gib",
                    INTEGER,
                    "A second disk that ends with the server.",
                    at("/OS-FLV-EXT-DATA:ephemeral"))
            .column("swap_mib", INTEGER, "Swap disk; absent where there is none.", at("/swap"))
            .column("rxtx_factor", DECIMAL, "Network bandwidth, as a factor.")
            .column("is_public", BOOLEAN, "Whether every project may use it.", at("/os-flavor-access:is_public"))
            .column("disabled", BOOLEAN, "Whether no new server may be built from it.", at("/OS-FLV-DISABLED:disabled"))
            .build();

    static final Table KEYPAIRS = Table.named("openstack_keypair", "An SSH key of the user who logged in.")
            .list(Nova.KEYPAIRS)
            .key("name", TEXT, "Unique for its user.", at("/keypair/name"))
            .column("fingerprint", TEXT, "MD5 of the key.", at("/keypair/fingerprint"))
            .column("public_key", TEXT, "The key, in OpenSSH's form.", at("/keypair/public_key"))
            .build();
}
