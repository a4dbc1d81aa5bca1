package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.Settings;
import dev.muster.sim.Failure;
import dev.muster.sim.SimOptions;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SoftLayerTest {
    private final SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(30));
    private final SoftLayer cloud = SoftLayer.connect(Sim.settings(sim));

    @AfterEach
    void close() {
        cloud.close();
        sim.close();
    }

    @Test
    void typedRecordsAreWhole() {
        VirtualGuest guest = cloud.virtualGuests().get().getFirst();
        assertThat(guest.hostname()).isEqualTo("web-1");
        assertThat(guest.datacenter()).isEqualTo("dal05");
        assertThat(guest.tags()).isNotEmpty();
        assertThat(guest.created()).isNotNull();
        assertThat(cloud.virtualGuests(Filter.where("virtualGuests.hostname", Operation.startsWith("db")))
                        .get())
                .hasSize(6)
                .allMatch(one -> one.hostname().startsWith("db-"));
        assertThat(cloud.hardware().get()).hasSize(6).allMatch(server -> server.cores() >= 8);
        assertThat(cloud.vlans().get()).hasSize(8).allMatch(vlan -> vlan.router() != null);
        assertThat(cloud.subnets().get()).hasSize(16).allMatch(subnet -> subnet.version() == 4);
    }

    @Test
    void anyMethodOfAnyServiceCanBeCalled() {
        assertThat(cloud.call("Account", "getObject").item().get().text("companyName"))
                .isEqualTo("Example Ltd");
        assertThat(cloud.call("SoftLayer_Virtual_Guest", "getObject")
                        .id(20_000_007)
                        .mask("hostname,datacenter.name")
                        .item()
                        .get()
                        .properties()
                        .toString())
                .isEqualTo("{hostname=db-2, datacenter={name=dal13}}");
        List<Item> components = cloud.call("SoftLayer_Account", "getHardware")
                .drill(1_500_003, "getNetworkComponents")
                .mask("id,name,port")
                .rows()
                .get();
        assertThat(components).hasSize(2);
        assertThat(cloud.call("SoftLayer_Dns_Domain", "getByDomainName")
                        .parameters("zone-2.example")
                        .get()
                        .text())
                .contains("\"id\":2600001");
        assertThat(cloud.call("SoftLayer_Virtual_Guest", "getActiveTransaction")
                        .id(20_000_000)
                        .itemOrNone()
                        .get())
                .isNull();
    }

    @Test
    void eachWayToLogInWorks() {
        Map<String, String> url = Map.of("endpoint_url", sim.url());
        try (SoftLayer ibm = SoftLayer.connect(Settings.of("ibm", "softlayer", "a test", url)
                        .with("ibmcloud_api_key", SimSoftLayer.IBM_CLOUD_KEY));
                SoftLayer bearer = SoftLayer.connect(
                        Settings.of("iam", "softlayer", "a test", url).with("token", sim.issueToken()))) {
            assertThat(ibm.call("Account", "getObject").item().get().integer("id"))
                    .isEqualTo(278_444);
            assertThat(bearer.call("Account", "getObject").item().get().integer("id"))
                    .isEqualTo(278_444);
            sim.expireTokens();
            assertThatThrownBy(() -> bearer.call("Account", "getObject").item().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("Access token is expired");
        }
    }

    @Test
    void mistakesAreToldAsWhatTheyAre() {
        assertThatThrownBy(() -> cloud.call("SoftLayer_Acount", "getObject").get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("HTTP 404")
                .hasMessageContaining("SoftLayer_Acount");
        assertThatThrownBy(() -> cloud.call("Account", "getGuests").rows().get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("getGuests");
        assertThatThrownBy(() ->
                        cloud.call("Virtual_Guest", "getObject").id(1).item().get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("Unable to find object with id of '1'");
        assertThatThrownBy(() -> cloud.call("Acc ount", "getObject")).isInstanceOf(MusterException.Rejected.class);
        long before = sim.requests().total();
        assertThatThrownBy(() ->
                        cloud.call("Account", "getVirtualGuests").mask("id[").get())
                .isInstanceOf(MusterException.Rejected.class);
        assertThatThrownBy(() -> cloud.call("Account", "getVirtualGuests").filter("{\"a\":1}"))
                .isInstanceOf(MusterException.Rejected.class);
        assertThat(sim.requests().total()).isEqualTo(before);
    }

    @Test
    void aWrongKeyIsDeniedAndNotShown() {
        try (SoftLayer wrong = SoftLayer.connect(Sim.settings(sim).with("api_key", "not-the-password"))) {
            Pending<List<VirtualGuest>> pending = wrong.virtualGuests().start();
            assertThatThrownBy(pending::join)
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("Invalid API token")
                    .hasMessageNotContaining("not-the-password");
            assertThat(wrong.toString()).doesNotContain("not-the-password");
        }
    }

    @Test
    void anEndpointThatIsNoneIsSaidSo() {
        Settings settings = Sim.settings(sim);
        assertThatThrownBy(() -> SoftLayer.connect(settings.with("endpoint_url", "api.softlayer.com")))
                .hasMessageContaining("endpoint_url");
        assertThatThrownBy(() -> SoftLayer.connect(settings.with("endpoint_url", "https://api.softlayer.com")))
                .hasMessageContaining("/rest/v3.1");
        String elsewhere = sim.url().replace("v3.1", "v9");
        try (SoftLayer other = SoftLayer.connect(settings.with("endpoint_url", elsewhere))) {
            assertThatThrownBy(() -> other.virtualGuests().get())
                    .isInstanceOf(MusterException.Rejected.class)
                    .hasMessageContaining("404");
        }
        // What slcli has configured mostly names XML-RPC.
        try (SoftLayer other = SoftLayer.connect(settings.with("endpoint_url", sim.xmlRpcUrl() + "/"))) {
            assertThat(other.virtualGuests().get()).hasSize(30);
        }
    }

    @Test
    void anEmptyBodyIsNoEmptyList() {
        sim.fail("/getVirtualGuests.json", Failure.EMPTY_OK);
        assertThatThrownBy(() -> cloud.virtualGuests().get())
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("empty body");
        assertThat(cloud.call("Account", "getVirtualGuests").get()).isNull();
    }

    @Test
    void whatIsTurnedAwayIsAskedForAgain() {
        sim.fail(dev.muster.sim.FailureRule.always(Failure.THROTTLED).times(1));
        assertThat(cloud.vlans().get()).hasSize(8);
        assertThat(cloud.endpoint().traffic().throttled()).isEqualTo(1);
        sim.fail(dev.muster.sim.FailureRule.always(Failure.THROTTLED).times(1));
        assertThat(cloud.call("Dns_Domain", "getByDomainName")
                        .parameters("zone-2.example")
                        .rows()
                        .get())
                .hasSize(1);
        assertThat(cloud.endpoint().traffic().throttled()).isEqualTo(2);
    }

    @Test
    void whatIsAboveTheRateIsToldAsThrottled() {
        sim.fail("/getObject.json", Failure.THROTTLED);
        assertThatThrownBy(() -> cloud.call("Account", "getObject").item().get())
                .isInstanceOf(MusterException.Throttled.class)
                .hasMessageContaining("Rate limit of");
    }
}
