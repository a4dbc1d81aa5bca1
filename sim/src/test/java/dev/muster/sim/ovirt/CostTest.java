package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What answers are said to have cost the engine, which options turn into time. */
class CostTest {
    private final OvirtService service = new OvirtService(
            new Inventory(new Invented(1), 10),
            new Sso(new dev.muster.sim.SimCloud.Login("a", "b"), new Tokens(1)),
            new Timeline(System::nanoTime),
            SimOptions.defaults(),
            false);

    private SimReply get(String path, String query) {
        String login = "Basic " + Base64.getEncoder().encodeToString("a:b".getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = Map.of("Authorization", login);
        return service.answer(new SimRequest("GET", "/ovirt-engine/api/" + path, query, headers::get, new byte[0]));
    }

    @Test
    void eachRowCountsInlinedOnesToo() {
        assertThat(get("vms", "").rows()).isEqualTo(10);
        assertThat(get("vms", "max=3").rows()).isEqualTo(3);
        assertThat(get("clusters", "").rows()).isEqualTo(2);
        assertThat(get("vms", "follow=cdroms").rows()).isEqualTo(10 + 10);
    }

    @Test
    void eachLinkOfEachRowIsALookUp() {
        assertThat(get("vms", "").links()).isZero();
        assertThat(get("vms", "follow=nics").links()).isEqualTo(10);
        assertThat(get("vms", "follow=nics,tags,cluster").links()).isEqualTo(30);
        // One for the attachments of each machine, and one for the disk of each of those.
        SimReply deep = get("vms", "follow=disk_attachments.disk");
        assertThat(deep.links()).isEqualTo(deep.rows());
    }
}
