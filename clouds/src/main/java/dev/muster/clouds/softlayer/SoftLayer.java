package dev.muster.clouds.softlayer;

import dev.muster.core.Cloud;
import dev.muster.core.Endpoint;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import dev.muster.core.Traffic;
import dev.muster.http.HttpClient;
import java.util.List;

/**
 * One account of SoftLayer, which IBM calls Cloud Classic Infrastructure.
 *
 * {@snippet :
 * try (SoftLayer softlayer = SoftLayer.connect(settings)) {
 *     Pending<List<VirtualGuest>> guests = softlayer.virtualGuests().start();
 *     List<Item> vlans = softlayer.call("SoftLayer_Account", "getNetworkVlans").mask("id,vlanNumber").rows().get();
 *     Item detail = softlayer.hardware(365112).get();
 *     System.out.println(guests.join().size() + " guests, " + vlans.size() + " VLANs");
 * }
 * }
 *
 * <p>Thread-safe. All its calls together keep to the service's published 50 requests a second.
 */
public final class SoftLayer implements Cloud {
    /** What the service publishes. */
    private static final String RATE = "50/s";

    /** Others use the account as well, and what is turned away is free again after a second: these last for some. */
    private static final int RETRIES = 5;

    private final Settings settings;
    private final HttpClient http;
    private final Endpoint endpoint;

    private SoftLayer(Settings settings, Credentials credentials, SoftLayerFaults faults, HttpClient http) {
        this.settings = settings;
        this.http = http;
        this.endpoint = new Endpoint(
                settings.name(),
                new SoftLayerWire(Endpoint.Wire.of(http)),
                credentials.session(),
                faults,
                new Traffic());
    }

    /**
     * Connects; the package's description lists the settings. Sends nothing yet.
     *
     * @throws dev.muster.core.MusterException.Rejected if a setting is missing or wrong
     */
    public static SoftLayer connect(Settings settings) {
        Credentials credentials = Credentials.of(settings);
        SoftLayerFaults faults = new SoftLayerFaults();
        Settings limited = unless(unless(settings, "rate", RATE), "retries", RETRIES);
        return new SoftLayer(settings, credentials, faults, limited.http(faults));
    }

    private static Settings unless(Settings told, String setting, Object value) {
        return told.text(setting) == null ? told.with(setting, value) : told;
    }

    /**
     * Any method of any service.
     *
     * @param service with its prefix or without, as {@code SoftLayer_Account} or {@code Account}
     * @param method as {@code getVirtualGuests}
     * @throws dev.muster.core.MusterException.Rejected if one of them cannot be a name
     */
    public ServiceCall call(String service, String method) {
        return ServiceCall.of(endpoint, service, method);
    }

    /** The account's virtual guests. */
    public Rows<VirtualGuest> virtualGuests() {
        return virtualGuests(Filter.ordered("virtualGuests.id"));
    }

    /** The account's virtual guests that pass a filter, as {@code virtualGuests.hostname}. */
    public Rows<VirtualGuest> virtualGuests(Filter filter) {
        return call("SoftLayer_Account", "getVirtualGuests")
                .mask(VirtualGuest.MASK)
                .filter(filter)
                .rows(VirtualGuest::read, VirtualGuest::id);
    }

    /** The account's bare-metal servers. */
    public Rows<HardwareServer> hardware() {
        return hardware(Filter.ordered("hardware.id"));
    }

    /** The account's bare-metal servers that pass a filter, as {@code hardware.hostname}. */
    public Rows<HardwareServer> hardware(Filter filter) {
        return call("SoftLayer_Account", "getHardware")
                .mask(HardwareServer.MASK)
                .filter(filter)
                .rows(HardwareServer::read, HardwareServer::id);
    }

    /** The account's VLANs. */
    public Rows<Vlan> vlans() {
        return call("SoftLayer_Account", "getNetworkVlans").mask(Vlan.MASK).rows(Vlan::read, Vlan::id);
    }

    /** The account's subnets. */
    public Rows<Subnet> subnets() {
        return call("SoftLayer_Account", "getSubnets").mask(Subnet.MASK).rows(Subnet::read, Subnet::id);
    }

    /** Everything about one bare-metal server. */
    public Detail hardware(long id) {
        return new Detail(this, MachineKind.HARDWARE, id);
    }

    /** Everything about one virtual guest. */
    public Detail virtualGuest(long id) {
        return new Detail(this, MachineKind.VIRTUAL_GUEST, id);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return SoftLayerProvider.TYPE;
    }

    @Override
    public List<Table> tables() {
        return SoftLayerProvider.TABLES;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "SoftLayer[" + settings.name() + "]";
    }
}
