package dev.muster.cli;

/** What is said to somebody who has set up no cloud yet. */
final class NothingConfigured {
    private NothingConfigured() {}

    static void print(Console console) {
        Palette palette = console.errorPalette();
        console.err().println(palette.warning("muster: no cloud is set up yet. Three ways to set one up:"));
        console.err().println("""

                1. The variables that its own tools use:
                     export OS_AUTH_URL=https://keystone.example.org/v3 \\
                            OS_USERNAME=me OS_PASSWORD=... OS_PROJECT_NAME=web \\
                            OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default
                     export OVIRT_URL=https://engine.example.org/ovirt-engine/api \\
                            OVIRT_USERNAME=admin@internal OVIRT_PASSWORD=...
                     export SL_USERNAME=SL123456 SL_API_KEY=...

                2. OpenStack's clouds.yaml, here, in ~/.config/openstack or /etc/openstack:
                     clouds:
                       prod:
                         auth:
                           auth_url: https://keystone.example.org/v3
                           username: me
                           password: ...
                           project_name: web
                           user_domain_name: Default
                           project_domain_name: Default

                3. Muster's own ~/.config/muster/clouds.yaml, for every kind of cloud:
                     clouds:
                       lab:
                         type: ovirt
                         url: https://engine.example.org/ovirt-engine/api
                         username: admin@internal
                         password: ...

                No cloud at hand? muster demo brings two along.""");
    }
}
