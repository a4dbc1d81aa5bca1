package dev.muster.ovirt.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ovirt.api.metamodel.concepts.Name;
import org.ovirt.api.metamodel.concepts.NameParser;

class NamesTest {
    private static Name name(String text) {
        return NameParser.parseUsingSeparator(text, '_');
    }

    @Test
    void membersThatJavaHasTakenGetAnUnderscore() {
        assertThat(Names.member(name("disk_attachment"))).isEqualTo("diskAttachment");
        assertThat(Names.member(name("interface"))).isEqualTo("interface_");
        assertThat(Names.member(name("clone"))).isEqualTo("clone_");
    }

    @Test
    void operationsWhoseNameIsTakenCarryTheNounOfTheirService() {
        assertThat(Names.operation(name("stop"), name("vm"))).isEqualTo("stop");
        assertThat(Names.operation(name("start"), name("vm"))).isEqualTo("startVm");
        assertThat(Names.operation(name("start"), name("gluster_volume"))).isEqualTo("startVolume");
        assertThat(Names.operation(name("import"), name("openstack_image"))).isEqualTo("importImage");
        assertThat(Names.operation(name("finalize"), name("image_transfer"))).isEqualTo("finalizeTransfer");
    }

    @Test
    void fieldsAreTheEnginesAndPathsHaveNoSeparators() {
        assertThat(Names.tag(name("disk_attachment"))).isEqualTo("disk_attachment");
        assertThat(Names.tag(name("operating_system_info"))).isEqualTo("operating_system");
        assertThat(Names.tag(name("open_stack_image"))).isEqualTo("openstack_image");
        assertThat(Names.segment(name("disk_attachments"))).isEqualTo("diskattachments");
    }

    @Test
    void manyOfAThingAreWhatTheEngineCallsThem() {
        assertThat(Names.plural(name("storage_domain"))).isEqualTo(name("storage_domains"));
        assertThat(Names.plural(name("scheduling_policy"))).isEqualTo(name("scheduling_policies"));
        assertThat(Names.plural(name("openstack_volume_authentication_key")))
                .isEqualTo(name("openstack_volume_authentication_keys"));
        assertThat(Names.plural(name("katello_erratum"))).isEqualTo(name("katello_errata"));
    }
}
