package dev.muster.sim.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.softlayer.api.ApiClient;
import com.softlayer.api.ApiException;
import com.softlayer.api.RestApiClient;
import com.softlayer.api.ResultLimit;
import com.softlayer.api.service.Account;
import com.softlayer.api.service.Hardware;
import com.softlayer.api.service.virtual.Guest;
import dev.muster.sim.SimOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The account as the official Java client sees it. It knows no filters, and so no order: hence none of the quirks. */
class OfficialClientTest {
    private final SimSoftLayer cloud = SimSoftLayer.start(SimOptions.defaults().vms(23), Quirks.none());
    private final ApiClient client = new RestApiClient(cloud.url() + "/")
            .withCredentials(cloud.login().user(), cloud.login().password());

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void itListsGuestsPageByPage() {
        Account.Service account = Account.service(client);
        account.setMask("id,hostname,datacenter.name");
        account.setResultLimit(new ResultLimit(10, 10));
        List<Guest> guests = account.getVirtualGuests();
        assertThat(guests).hasSize(10);
        assertThat(guests.getFirst().getHostname()).isEqualTo("web-11");
        assertThat(guests.getFirst().getDatacenter().getName()).isEqualTo("wdc07");
        assertThat(account.getLastResponseTotalItemCount()).isEqualTo(23);
    }

    @Test
    void itReadsTypesDatesAndRelations() {
        Guest.Service service = Guest.service(client, 20_000_000L);
        assertThat(service.getObject().getCreateDate().getTimeInMillis()).isEqualTo(1_767_222_000_000L);
        assertThat(service.getNetworkVlans())
                .extracting(vlan -> vlan.getVlanNumber())
                .containsExactly(800L, 801L);
        Account.Service account = Account.service(client);
        account.setMask("mask[id,networkComponents[primaryIpAddress]]");
        List<Hardware> hardware = account.getHardware();
        assertThat(hardware).hasSize(4);
        assertThat(hardware.getFirst()).isInstanceOf(com.softlayer.api.service.hardware.Server.class);
        assertThat(hardware.getFirst().getNetworkComponents()).hasSize(2);
    }

    @Test
    void itUnderstandsTheErrors() {
        assertThatThrownBy(() -> Guest.service(client, 1L).getObject())
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("Unable to find object with id of '1'");
        ApiClient wrong = new RestApiClient(cloud.url() + "/").withCredentials("demo", "wrong");
        assertThatThrownBy(() -> Account.service(wrong).getObject()).isInstanceOf(ApiException.Unauthorized.class);
    }
}
