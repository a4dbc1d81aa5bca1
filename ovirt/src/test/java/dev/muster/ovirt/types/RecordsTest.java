package dev.muster.ovirt.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Json;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.ovirt.internal.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final String VMS = """
            {"vm":[{"id":"v1","href":"/ovirt-engine/api/vms/v1","name":"web01","memory":"1073741824",\
            "stateless":"false","status":"up","creation_time":1767319445678,\
            "cpu":{"topology":{"cores":"2","sockets":"1","threads":"1"}},\
            "cluster":{"id":"c1","href":"/ovirt-engine/api/clusters/c1"},\
            "actions":{"link":[{"rel":"start","href":"/ovirt-engine/api/vms/v1/start"}]},\
            "link":[{"rel":"nics","href":"/ovirt-engine/api/vms/v1/nics"}]}]}""";

    private static <T> T read(String json, JsonReader.Element<T> element) {
        try (JsonReader in = JsonReader.of(json)) {
            return element.read(in);
        }
    }

    private static String written(Vm vm) {
        return new String(Json.bytes(vm::write), StandardCharsets.UTF_8);
    }

    @Test
    void readsNumbersAndBooleansFromStringsAndMomentsFromMilliseconds() {
        Vm vm = read(VMS, in -> Fields.list(in, Vm::read)).getFirst();
        assertThat(vm.id()).isEqualTo("v1");
        assertThat(vm.name()).isEqualTo("web01");
        assertThat(vm.memory()).isEqualTo(1L << 30);
        assertThat(vm.stateless()).isFalse();
        assertThat(vm.status()).isEqualTo(VmStatus.UP);
        assertThat(vm.creationTime()).isEqualTo(Instant.parse("2026-01-02T02:04:05.678Z"));
        assertThat(vm.cpu().topology().cores()).isEqualTo(2);
        assertThat(vm.cluster())
                .isEqualTo(new JsonOf("{\"id\":\"c1\",\"href\":\"/ovirt-engine/api/clusters/c1\"}").cluster());
        assertThat(vm.unknown()).isEmpty();
        assertThat(vm.nics()).isNull();
    }

    private record JsonOf(String text) {
        Cluster cluster() {
            return read(text, Cluster::read);
        }
    }

    @Test
    void readsNumbersAndBooleansThatAreNoStringsAlike() {
        Vm vm = read("{\"memory\":1073741824,\"stateless\":true}", Vm::read);
        assertThat(vm.memory()).isEqualTo(1L << 30);
        assertThat(vm.stateless()).isTrue();
    }

    @Test
    void tellsAnEmptyListFromOneThatWasNotAskedFor() {
        assertThat(read("{\"nics\":{}}", Vm::read).nics()).isEmpty();
        assertThat(read("{\"nics\":null}", Vm::read).nics()).isNull();
        assertThat(read("{\"nics\":{\"nic\":[{\"id\":\"n1\"}]}}", Vm::read).nics())
                .extracting(Nic::id)
                .containsExactly("n1");
    }

    @Test
    void readsListsOfPlainValues() {
        Vm vm = read("{\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\",\"network\"]}}}}", Vm::read);
        assertThat(vm.os().boot().devices()).containsExactly(BootDevice.HD, BootDevice.NETWORK);
        assertThat(written(vm)).isEqualTo("{\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\",\"network\"]}}}}");
    }

    @Test
    void whatANewerEngineSendsSurvives() {
        String json =
                "{\"id\":\"v1\",\"status\":\"levitating\",\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\",\"tape\"]}}},"
                        + "\"aura\":{\"colour\":[\"blue\"]}}";
        Vm vm = read(json, Vm::read);
        assertThat(vm.status()).isEqualTo(VmStatus.UNRECOGNIZED);
        assertThat(vm.os().boot().devices()).containsExactly(BootDevice.HD, BootDevice.UNRECOGNIZED);
        assertThat(vm.unknown()).containsOnlyKeys("status", "aura");
        assertThat(vm.unknown().get("aura").text()).isEqualTo("{\"colour\":[\"blue\"]}");
        assertThat(read(written(vm), Vm::read)).isEqualTo(vm);
        Vm known = vm.toBuilder().status(VmStatus.DOWN).build();
        assertThat(known.unknown()).containsOnlyKeys("aura");
        assertThat(written(known)).contains("\"status\":\"down\"").doesNotContain("levitating");
    }

    @Test
    void whatIsWrittenReadsTheSame() {
        Vm vm = Vm.builder()
                .name("web02")
                .memory(2L << 30)
                .cluster(Cluster.ofName("Default"))
                .template(Template.ofId("t1"))
                .creationTime(Instant.ofEpochMilli(1_767_319_445_678L))
                .highAvailability(
                        HighAvailability.builder().enabled(true).priority(50L).build())
                .cpu(Cpu.builder()
                        .speed(2400.5)
                        .architecture(Architecture.X86_64)
                        .build())
                .nics(List.of(Nic.builder()
                        .name("nic1")
                        .interface_(NicInterface.VIRTIO)
                        .build()))
                .customProperties(List.of())
                .build();
        assertThat(read(written(vm), Vm::read)).isEqualTo(vm);
        assertThat(written(vm))
                .contains("\"memory\":\"2147483648\"", "\"nics\":{\"nic\":[{", "\"creation_time\":1767319445678")
                .contains("\"interface\":\"virtio\"", "\"enabled\":\"true\"", "\"speed\":2400.5")
                .doesNotContain("null");
        assertThat(vm.toBuilder().build()).isEqualTo(vm);
    }

    @Test
    void listsAreWrittenUnderTheEnginesNames() {
        Vm vm = Vm.builder()
                .numaNodes(List.of(NumaNode.builder().index(0L).build()))
                .diskAttachments(List.of(DiskAttachment.ofId("d1")))
                .build();
        assertThat(written(vm))
                .contains("\"host_numa_nodes\":{\"host_numa_node\":[")
                .contains("\"disk_attachments\":{\"disk_attachment\":[");
        DnsResolverConfiguration dns = DnsResolverConfiguration.builder()
                .nameServers(List.of("192.0.2.1"))
                .build();
        assertThat(new String(Json.bytes(dns::write), StandardCharsets.UTF_8))
                .isEqualTo("{\"name_servers\":{\"name_server\":[\"192.0.2.1\"]}}");
    }

    @Test
    @SuppressWarnings("deprecation") // engines still have the keys of volumes
    void showsOnlyWhatIsPresentAndNoPasswords() {
        Host host = Host.builder().name("h1").rootPassword("secret").build();
        assertThat(host).hasToString("Host[name=h1, rootPassword=***]");
        assertThat(Ticket.builder().value("secret").build()).hasToString("Ticket[value=***]");
        assertThat(OpenstackVolumeAuthenticationKey.builder().value("secret").build())
                .hasToString("OpenstackVolumeAuthenticationKey[value=***]");
        assertThat(Action.builder()
                        .remoteViewerConnectionFile("password=secret")
                        .build())
                .hasToString("Action[remoteViewerConnectionFile=***]");
        assertThat(ImageTransfer.builder()
                        .transferUrl("https://h1:54322/images/secret")
                        .build())
                .hasToString("ImageTransfer[transferUrl=***]");
        assertThat(Property.builder().name("n").value("v").build()).hasToString("Property[name=n, value=v]");
    }

    @Test
    void saysWhereAnAnswerIsNotWhatWasPromised() {
        assertThatThrownBy(() -> read("{\"cpu\":{\"topology\":{\"cores\":\"two\"}}}", Vm::read))
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("/cpu/topology/cores")
                .hasMessageContaining("two");
        assertThatThrownBy(() -> read("null", Vm::read)).isInstanceOf(MusterException.Undecodable.class);
    }

    @Test
    void actionsCarryTheirFault() {
        Action action = read(
                "{\"status\":\"failed\",\"fault\":{\"reason\":\"Operation Failed\",\"detail\":\"[Cannot run VM.]\"}}",
                Action::read);
        assertThat(action.fault())
                .isEqualTo(Fault.builder()
                        .reason("Operation Failed")
                        .detail("[Cannot run VM.]")
                        .build());
    }
}
