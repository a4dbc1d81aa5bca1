package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Answers as services of the Zed release give them, cut, and the records read from them. */
class ReadersTest {

    @Test
    void aServer() {
        Server server = Server.read(JsonReader.of("""
                {"id": "8202", "name": "demo-web-18", "status": "ACTIVE", "tenant_id": "p1", "user_id": "u1",
                 "metadata": {"role": "web"}, "hostId": "h", "image": {"id": "i1", "links": [{"rel": "self"}]},
                 "flavor": {"links": [], "id": "2"}, "created": "2026-11-21T09:31:31Z", "updated": "2026-11-21T09:37:31Z",
                 "addresses": {
                   "demo-net-3": [{"version": 4, "addr": "10.10.49.203", "OS-EXT-IPS:type": "fixed",
                                   "OS-EXT-IPS-MAC:mac_addr": "fa:16:3e:4e:43:7b"},
                                  {"version": 4, "addr": "203.0.113.7", "OS-EXT-IPS:type": "floating"}],
                   "demo-net-4": [{"version": 6, "addr": "fd00::1"}]},
                 "accessIPv4": "", "links": [], "OS-DCF:diskConfig": "MANUAL", "progress": 0,
                 "OS-EXT-AZ:availability_zone": "nova", "config_drive": "", "key_name": null,
                 "OS-SRV-USG:launched_at": "2026-11-21T09:37:30.000000", "OS-SRV-USG:terminated_at": null,
                 "OS-EXT-STS:task_state": null, "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:power_state": 1,
                 "os-extended-volumes:volumes_attached": [{"id": "v1"}], "security_groups": [{"name": "default"}]}"""));
        assertThat(server.id()).isEqualTo("8202");
        assertThat(server.status()).isEqualTo("ACTIVE");
        assertThat(server.vmState()).isEqualTo("active");
        assertThat(server.taskState()).isNull();
        assertThat(server.powerState()).isEqualTo(1);
        assertThat(server.flavor()).isEqualTo("2");
        assertThat(server.image()).isEqualTo("i1");
        assertThat(server.keyName()).isNull();
        assertThat(server.metadata()).containsExactly(entry("role", "web"));
        assertThat(server.securityGroups()).containsExactly("default");
        assertThat(server.volumes()).containsExactly("v1");
        assertThat(server.created()).isEqualTo(Instant.parse("2026-11-21T09:31:31Z"));
        assertThat(server.launched()).isEqualTo(Instant.parse("2026-11-21T09:37:30Z"));
        assertThat(server.addresses())
                .containsExactly(
                        new Server.Address("demo-net-3", "10.10.49.203", "fixed", "fa:16:3e:4e:43:7b"),
                        new Server.Address("demo-net-3", "203.0.113.7", "floating", null),
                        new Server.Address("demo-net-4", "fd00::1", null, null));
    }

    @Test
    void aServerThatBootsFromAVolumeAndOneThatFailed() {
        Server server = Server.read(JsonReader.of("""
                {"id": "1", "name": "x", "status": "ERROR", "image": "", "flavor": {"id": "f"},
                 "fault": {"code": 500, "created": "2026-11-21T09:31:31Z", "message": "No valid host was found."}}"""));
        assertThat(server.image()).isNull();
        assertThat(server.fault()).isEqualTo("No valid host was found.");
        assertThat(server.addresses()).isEmpty();
    }

    @Test
    void aFlavorWhoseSwapIsAnEmptyText() {
        assertThat(Flavor.read(JsonReader.of("""
                        {"id": "42", "name": "m1.medium", "ram": 4096, "disk": 40, "swap": "",
                         "OS-FLV-EXT-DATA:ephemeral": 0, "OS-FLV-DISABLED:disabled": false, "vcpus": 2,
                         "os-flavor-access:is_public": true, "rxtx_factor": 1.0, "links": []}""")))
                .isEqualTo(new Flavor("42", "m1.medium", 2, 4096, 40, 0, 0, true, false));
    }

    @Test
    void anImageWithPropertiesOfItsOwnerBesideItsFields() {
        Image image = Image.read(JsonReader.of("""
                {"os_distro": "debian", "hw_disk_bus": "virtio", "name": null, "disk_format": "qcow2",
                 "container_format": "bare", "visibility": "public", "size": 13287936, "virtual_size": null,
                 "status": "active", "checksum": "abc", "protected": true, "min_ram": 0, "min_disk": 1,
                 "owner": "p1", "os_hidden": false, "id": "i1", "created_at": "2026-11-21T09:30:00Z",
                 "updated_at": "2026-11-21T09:30:01Z", "locations": [{"url": "file:///x", "metadata": {}}],
                 "tags": ["a", "b"], "self": "/v2/images/i1", "file": "/v2/images/i1/file", "schema": "/v2/schemas/image"}"""));
        assertThat(image.name()).isNull();
        assertThat(image.size()).isEqualTo(13287936);
        assertThat(image.virtualSize()).isNull();
        assertThat(image.locked()).isTrue();
        assertThat(image.tags()).containsExactly("a", "b");
        assertThat(image.properties())
                .containsExactly(
                        entry("os_distro", "debian"), entry("hw_disk_bus", "virtio"), entry("os_hidden", "false"));
    }

    @Test
    void aNetworkAPortAndAFloatingIp() {
        Network network = Network.read(JsonReader.of("""
                {"id": "n1", "name": "demo-net-0", "tenant_id": "p1", "admin_state_up": true, "mtu": 1450,
                 "status": "ACTIVE", "subnets": ["s1", "s2"], "shared": false, "project_id": "p1",
                 "router:external": true, "provider:segmentation_id": 7, "tags": ["t"]}"""));
        assertThat(network)
                .isEqualTo(new Network(
                        "n1",
                        "demo-net-0",
                        "ACTIVE",
                        "p1",
                        true,
                        false,
                        true,
                        1450L,
                        java.util.List.of("s1", "s2"),
                        java.util.List.of("t")));
        Port port = Port.read(JsonReader.of("""
                {"id": "po1", "name": "", "network_id": "n1", "project_id": "p1", "mac_address": "fa:16:3e:00:00:01",
                 "admin_state_up": true, "status": "ACTIVE", "device_id": "8202", "device_owner": "compute:nova",
                 "fixed_ips": [{"subnet_id": "s1", "ip_address": "10.0.0.5"}], "allowed_address_pairs": [],
                 "extra_dhcp_opts": [], "security_groups": ["g1"], "binding:vnic_type": "normal"}"""));
        assertThat(port.addresses()).containsExactly(new Port.FixedIp("s1", "10.0.0.5"));
        assertThat(port.device()).isEqualTo("8202");
        assertThat(port.host()).isNull();
        FloatingIp free = FloatingIp.read(JsonReader.of("""
                {"id": "f1", "floating_ip_address": "203.0.113.7", "floating_network_id": "n9", "router_id": null,
                 "port_id": null, "fixed_ip_address": null, "status": "DOWN", "project_id": "p1", "description": ""}"""));
        assertThat(free).isEqualTo(new FloatingIp("f1", "203.0.113.7", "DOWN", "p1", "n9", null, null, null, ""));
    }

    @Test
    void aProject() {
        assertThat(Project.read(JsonReader.of("""
                        {"id": "f923", "name": "demo", "domain_id": "default", "description": "", "enabled": true,
                         "parent_id": "default", "is_domain": false, "tags": [], "options": {}, "links": {"self": "x"}}"""))).isEqualTo(new Project("f923", "demo", "default", true, ""));
    }

    @Test
    void whatHasNoIdIsNoServer() {
        assertThatThrownBy(() -> Server.read(JsonReader.of("{\"name\": \"x\"}")))
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessage("a server's id is missing");
    }

    @Test
    void theRowItselfMustBeInTheAnswer() {
        assertThatThrownBy(() -> Fields.only("server", Server::read).read(JsonReader.of("{\"servers\": []}")))
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessage("the answer has no 'server'");
    }

    @Test
    void whatIsNullHasNoNameThatSaysSo() {
        Port port = Port.read(JsonReader.of("""
                {"id": "1", "network_id": "n", "name": null, "status": null, "device_id": null, "device_owner": null}"""));
        assertThat(port.name()).isEmpty();
        assertThat(port.status()).isEqualTo("UNKNOWN");
        assertThat(port.device()).isEmpty();
        assertThat(port.deviceOwner()).isEmpty();
        assertThat(Server.read(JsonReader.of("{\"id\": \"1\", \"name\": null, \"status\": null}")))
                .isEqualTo(Server.read(JsonReader.of("{\"id\": \"1\"}")));
        assertThat(Network.read(JsonReader.of("{\"id\": \"1\", \"name\": null, \"status\": null}")))
                .isEqualTo(Network.read(JsonReader.of("{\"id\": \"1\"}")));
    }
}
