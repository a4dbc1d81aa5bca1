"""Nova's fake compute driver, which otherwise forgets its servers when it restarts and then refuses to stop or reboot them."""
from nova import context, objects
from nova.compute import power_state
from nova.virt import fake


class RememberingDriver(fake.FakeDriver):
    # Without it, Nova asks of each server at its start whether it has a TPM: two calls to the conductor for each.
    capabilities = dict(fake.FakeDriver.capabilities, supports_vtpm=True)

    def init_host(self, host):
        super().init_host(host)
        for instance in objects.InstanceList.get_by_host(
                context.get_admin_context(), host, expected_attrs=['flavor', 'info_cache']):
            self.instances[instance.uuid] = fake.FakeInstance(
                instance.name, instance.power_state or power_state.RUNNING, instance.uuid)
            flavor = instance.flavor
            self.resources.claim(vcpus=flavor.vcpus, mem=flavor.memory_mb, disk=flavor.root_gb)
            for interface in instance.get_network_info():
                self._interfaces[interface['id']] = interface
