/**
 * SoftLayer, which IBM calls Cloud Classic Infrastructure: any call of its REST API v3.1, typed records of machines and
 * networks, and tables.
 *
 * {@snippet :
 * Settings settings = Settings.of("classic", "softlayer", "this program", Map.of("username", "SL123456", "api_key", key));
 * try (SoftLayer softlayer = SoftLayer.connect(settings)) {
 *     List<VirtualGuest> guests = softlayer.virtualGuests().get();
 *     Rows.Fetched<Item> what = softlayer.call("SoftLayer_Account", "getHardware").mask("id,hostname").rows().whatComes().get();
 * }
 * }
 *
 * <h2>Where settings come from</h2>
 *
 * {@link dev.muster.clouds.softlayer.SoftLayerProvider} reads {@code /etc/softlayer.conf}, {@code ~/.softlayer} and the
 * variables {@code SL_USERNAME}, {@code SL_API_KEY}, {@code SL_ENDPOINT_URL}, {@code SL_TIMEOUT} as slcli does, and entries of
 * {@code type: softlayer} in Muster's own clouds.yaml.
 *
 * <h2>Settings</h2>
 *
 * <ul>
 *   <li>{@code username} and {@code api_key}; or {@code ibmcloud_api_key}; or {@code token}, of IBM Cloud's IAM, which is not
 *       renewed.
 *   <li>{@code endpoint_url}: {@code https://api.softlayer.com/rest/v3.1} unless told; {@code
 *       https://api.service.softlayer.com/rest/v3.1} from the private network. The XML-RPC address that slcli writes stands for
 *       the REST one beside it.
 *   <li>{@code rate}: how often the service may be asked; {@code 50/s} unless told, which it publishes. {@code retries}: 5 unless told.
 *   <li>The other settings of {@link dev.muster.core.Settings#http(dev.muster.core.FaultReader)}.
 * </ul>
 *
 * <h2>What the service is like</h2>
 *
 * It answers errors with status 500, or 200, and a code in the body; lists of one row as the bare row; pages in any order unless
 * a filter asks for one; masks that are too heavy with an internal error; and malformed filters with every row there is. What
 * arrives here is told as what it is, pages are asked for in an order, heavy ones in parts, and masks and filters are checked
 * before they are sent.
 *
 * @see <a href="https://sldn.softlayer.com/">SoftLayer Development Network</a>
 */
@NullMarked
package dev.muster.clouds.softlayer;

import org.jspecify.annotations.NullMarked;
