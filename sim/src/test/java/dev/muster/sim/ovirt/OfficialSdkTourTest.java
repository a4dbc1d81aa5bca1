package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.sim.SimOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.ConnectionBuilder;
import org.ovirt.engine.sdk4.Error;
import org.ovirt.engine.sdk4.Service;
import org.ovirt.engine.sdk4.builders.Builders;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.Identified;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.SnapshotStatus;
import org.ovirt.engine.sdk4.types.Tag;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** A day's work with oVirt's own Java client, from log-in to log-out. */
@Timeout(120)
class OfficialSdkTourTest {
    private final SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(30));
    private final Connection connection = ConnectionBuilder.connection()
            .url(cloud.url())
            .user(cloud.login().user())
            .password(cloud.login().password())
            .build();
    private final SystemService system = connection.systemService();

    @Test
    void aMachineIsMadeUsedAndThrownAway() throws Exception {
        VmsService vms = system.vmsService();
        Vm added = vms.add()
                .vm(Builders.vm()
                        .name("tour")
                        .memory(1L << 31)
                        .cluster(Builders.cluster().name("Default"))
                        .template(Builders.template().name("Blank")))
                .send()
                .vm();
        assertThat(added.memoryAsLong()).isEqualTo(1L << 31);
        VmService vm = vms.vmService(added.id());
        assertThat(vm.update().vm(Builders.vm().comment("changed")).send().vm().comment())
                .isEqualTo("changed");

        DiskAttachment disk = vm.diskAttachmentsService()
                .add()
                .attachment(Builders.diskAttachment()
                        .interface_(DiskInterface.VIRTIO)
                        .bootable(true)
                        .active(true)
                        .disk(Builders.disk()
                                .name("tour_disk")
                                .format(DiskFormat.COW)
                                .provisionedSize(1L << 30)
                                .storageDomains(Builders.storageDomain().name("fast-1"))))
                .send()
                .attachment();
        assertThat(vm.get()
                        .follow("disk_attachments.disk.storage_domains")
                        .send()
                        .vm()
                        .diskAttachments())
                .singleElement()
                .satisfies(each -> assertThat(each.disk().storageDomains()).hasSize(1));
        String profile =
                system.vnicProfilesService().list().send().profiles().getFirst().id();
        Nic nic = vm.nicsService()
                .add()
                .nic(Builders.nic()
                        .name("nic1")
                        .vnicProfile(Builders.vnicProfile().id(profile)))
                .send()
                .nic();
        vm.nicsService().nicService(nic.id()).deactivate().send();
        assertThat(vm.nicsService().nicService(nic.id()).get().send().nic().plugged())
                .isFalse();
        vm.tagsService().add().tag(Builders.tag().name("pci")).send();
        assertThat(vm.tagsService().list().send().tags()).extracting(Tag::name).containsExactly("pci");
        assertThat(vms.list().search("tag=pci and name=tour").send().vms()).hasSize(1);

        vm.start().send();
        assertThat(vm.get().send().vm().status()).isEqualTo(VmStatus.UP);
        String before = vm.get().send().vm().host().id();
        vm.migrate().send();
        assertThat(vm.get().send().vm().host().id()).isNotEqualTo(before);
        assertThat(vm.snapshotsService()
                        .add()
                        .snapshot(Builders.snapshot().description("before the change"))
                        .send()
                        .snapshot()
                        .snapshotStatus())
                .isEqualTo(SnapshotStatus.OK);
        assertThatThrownBy(() -> vm.remove().send()).isInstanceOf(Error.class).hasMessageContaining("VM is running");
        vm.stop().send();
        vm.remove().send();
        assertThatThrownBy(() -> vm.get().send()).isInstanceOf(Error.class).hasMessageContaining("404");
        assertThatThrownBy(
                        () -> system.disksService().diskService(disk.id()).get().send())
                .isInstanceOf(Error.class);
        assertThat(system.jobsService().list().send().jobs()).hasSizeGreaterThan(5);
        assertThat(system.eventsService().list().from(60).send().events()).hasSizeGreaterThan(5);

        connection.close(true);
        assertThat(cloud.requests().to("POST */sso-logout")).isEqualTo(1);
        cloud.close();
    }

    @Test
    void hostsAndStorageComeAndGo() throws Exception {
        String dataCenter = system.dataCentersService()
                .list()
                .send()
                .dataCenters()
                .getFirst()
                .id();
        var attached = system.dataCentersService().dataCenterService(dataCenter).storageDomainsService();
        var domain = attached.storageDomainService(
                attached.list().send().storageDomains().getFirst().id());
        String host = system.hostsService()
                .list()
                .search("status=up")
                .send()
                .hosts()
                .getFirst()
                .id();
        var one = system.hostsService().hostService(host);
        one.deactivate().send();
        assertThat(one.get().send().host().status().value()).isEqualTo("maintenance");
        assertThatThrownBy(() -> one.deactivate().send()).isInstanceOf(Error.class);
        one.activate().send();
        assertThat(one.get().send().host().status().value()).isEqualTo("up");
        if (domain.get().send().storageDomain().status().value().equals("active")) {
            domain.deactivate().send();
        }
        assertThat(domain.get().send().storageDomain().status().value()).isEqualTo("maintenance");
        domain.activate().send();
        assertThat(domain.get().send().storageDomain().status().value()).isEqualTo("active");
        connection.close(true);
        cloud.close();
    }

    @Test
    void everyCollectionThatItKnowsIsReadAsTyped() throws Exception {
        Map<String, Integer> rows = new TreeMap<>();
        walk(SystemService.class, system, new HashSet<>(), rows);
        assertThat(rows).hasSizeGreaterThan(115);
        assertThat(rows.values().stream().filter(count -> count > 0)).hasSizeGreaterThan(70);
        connection.close(true);
        cloud.close();
    }

    /** Lists whatever can be listed, goes on with the first of each, and meets each kind of service once. */
    private static void walk(Class<?> type, Object service, Set<Class<?>> met, Map<String, Integer> rows)
            throws Exception {
        List<Method> below = Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && Service.class.isAssignableFrom(method.getReturnType())
                        && method.getName().endsWith("Service"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        for (Method method : below) {
            Class<?> collection = method.getReturnType();
            if (!met.add(collection)) {
                continue;
            }
            Object there = method.invoke(service);
            String first = hasList(collection) ? list(collection, there, rows) : null;
            for (Method member : first == null ? new Method[0] : collection.getMethods()) {
                if (Arrays.equals(member.getParameterTypes(), new Class<?>[] {String.class})
                        && Service.class.isAssignableFrom(member.getReturnType())
                        && !member.getName().equals("service")
                        && met.add(member.getReturnType())) {
                    walk(member.getReturnType(), member.invoke(there, first), met, rows);
                }
            }
        }
    }

    private static boolean hasList(Class<?> collection) {
        return Arrays.stream(collection.getMethods())
                .anyMatch(method -> method.getName().equals("list") && method.getParameterCount() == 0);
    }

    private static String list(Class<?> collection, Object service, Map<String, Integer> rows) throws Exception {
        Method list = collection.getMethod("list");
        try {
            Object response = list.getReturnType().getMethod("send").invoke(list.invoke(service));
            // The class itself is not public, its interface is.
            for (Method method : response.getClass().getInterfaces()[0].getMethods()) {
                if (List.class.isAssignableFrom(method.getReturnType())) {
                    List<?> found = (List<?>) method.invoke(response);
                    rows.put(collection.getSimpleName(), found.size());
                    return found.isEmpty() || !(found.getFirst() instanceof Identified one) ? null : one.id();
                }
            }
            throw new AssertionError(collection + " lists nothing");
        } catch (InvocationTargetException e) {
            throw new AssertionError(collection.getSimpleName() + " cannot be listed", e.getCause());
        }
    }
}
