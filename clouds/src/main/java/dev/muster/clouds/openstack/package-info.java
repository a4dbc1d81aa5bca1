/**
 * OpenStack: Keystone v3, Nova 2.1, Glance v2 and Neutron v2.0 as typed calls and as tables.
 *
 * {@snippet :
 * Settings settings = Settings.of("prod", "openstack", "this program", Map.of(
 *         "auth", Map.of(
 *                 "auth_url", "https://keystone.example.org:5000/v3",
 *                 "username", "demo", "password", secret, "project_name", "demo"),
 *         "region_name", "RegionOne"));
 * try (OpenStack cloud = OpenStack.connect(settings)) {
 *     List<Server> servers = cloud.compute().servers().status("ACTIVE").get();
 *     Pending<List<Image>> images = cloud.image().images().visibility("public").start();
 *     cloud.network().ports().pageSize(200).forEach(port -> System.out.println(port.mac()));
 *     Server one = cloud.compute().server(servers.getFirst().id()).get();
 * }
 * }
 *
 * <h2>Where settings come from</h2>
 *
 * {@link dev.muster.clouds.openstack.OpenStackProvider} reads clouds.yaml and secure.yaml where openstacksdk looks for them,
 * entries of {@code type: openstack} in Muster's own clouds.yaml, and the {@code OS_*} variables of an openrc file. {@code
 * OS_CLOUD} picks one cloud, {@code OS_REGION_NAME} its region. An entry with a list of {@code regions} makes a cloud of
 * each, named {@code cloud@region}.
 *
 * <h2>Settings</h2>
 *
 * As clouds.yaml has them, those of {@code auth} below it or beside it:
 *
 * <ul>
 *   <li>{@code auth.auth_url}, with {@code /v3} or without.
 *   <li>{@code auth_type}: {@code password} or {@code v3password} ({@code username} or {@code user_id}, {@code password}),
 *       {@code v3applicationcredential} ({@code application_credential_id} or {@code _name}, {@code _secret}), {@code
 *       token} or {@code v3token} ({@code token}). Where it is left out, what is there decides.
 *   <li>{@code project_id} or {@code project_name}, else {@code domain_id}, {@code domain_name} or {@code system_scope};
 *       where all are left out, the user's default project.
 *   <li>{@code user_domain_id}, {@code user_domain_name}, {@code project_domain_id}, {@code project_domain_name}, {@code
 *       default_domain_id}, {@code default_domain_name}; else the domain {@code default}.
 *   <li>{@code region_name}, needed where the catalog has several; {@code interface} or {@code endpoint_type}: public (as
 *       it is where nothing is said), internal or admin.
 *   <li>{@code compute_endpoint_override}, and so for image, network and identity: instead of the catalog's URL.
 *   <li>{@code all_projects}: whether openstack_server has the servers of every project; for administrators. Neutron and
 *       Glance show these everything unasked.
 *   <li>{@code cacert}, {@code cert}, {@code key}, {@code verify}, {@code insecure}, and the other settings of {@link
 *       dev.muster.core.Settings#http(dev.muster.core.FaultReader)}.
 * </ul>
 *
 * <h2>Not covered</h2>
 *
 * Anything that changes the cloud; Cinder, Swift and all other services; Identity v2; federation, TOTP and other log-ins;
 * profiles of vendors; version discovery, as all four services are at the versions above wherever they
 * run today; microversions above 2.1, and so a server's tags and description; images that are hidden, or that the project
 * was offered and has not accepted; key pairs of other users.
 *
 * @see <a href="https://docs.openstack.org/api-ref/">OpenStack API references</a>
 * @see <a href="https://docs.openstack.org/openstacksdk/latest/user/config/configuration.html">clouds.yaml</a>
 */
@NullMarked
package dev.muster.clouds.openstack;

import org.jspecify.annotations.NullMarked;
