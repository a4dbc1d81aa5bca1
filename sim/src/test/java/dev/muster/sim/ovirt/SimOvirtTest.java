package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.Clients;
import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimOvirtTest {
    private static final String JSON = "application/json";

    private final SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(40));
    private String token = "";

    @AfterEach
    void close() {
        cloud.close();
    }

    private HttpResponse<String> login(String accept, String password) {
        String form = "grant_type=password&scope=ovirt-app-api&username=admin%40internal&password=" + password;
        return Clients.send(
                "POST",
                cloud.uri().resolve("/ovirt-engine/sso/oauth/token"),
                form,
                "Accept",
                accept,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> send(String method, String path, String accept, String body, String... headers) {
        if (token.isEmpty()) {
            token = Json.texts(bytes(login(JSON, "secret"))).getOrDefault("access_token", "");
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + token, "Accept", accept, "Content-Type", "application/xml"));
        return Clients.send(method, URI.create(cloud.url() + path), body, all.toArray(String[]::new));
    }

    private static byte[] bytes(HttpResponse<String> response) {
        return response.body().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> json(String path) {
        HttpResponse<String> response = send("GET", path, JSON, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.texts(bytes(response));
    }

    private static List<String> column(Map<String, String> json, String array, String member) {
        List<String> values = new ArrayList<>();
        for (int i = 0; json.containsKey(array + "." + i + ".id"); i++) {
            values.add(json.getOrDefault(array + "." + i + "." + member, ""));
        }
        return values;
    }

    @Test
    void aTokenIsGivenOnlyToThoseWhoAcceptExactlyJson() {
        assertThat(login(JSON, "secret").body()).contains("\"exp\":\"" + Long.MAX_VALUE + "\"");
        assertThat(login("application/json, */*", "secret").statusCode()).isEqualTo(400);
        HttpResponse<String> denied = login(JSON, "wrong");
        assertThat(denied.statusCode()).isEqualTo(400);
        assertThat(Json.texts(bytes(denied))).containsEntry("error_code", "access_denied");
        assertThat(cloud.tokensIssued()).isEqualTo(1);
    }

    @Test
    void jsonHasTheEnginesOddities() {
        String list = send("GET", "/vms?max=1", JSON, "").body();
        assertThat(list)
                .startsWith("{\"vm\":[{")
                .containsPattern("\"memory\":\"\\d+\"")
                .contains("\"stateless\":\"false\"");
        assertThat(list).containsPattern("\"creation_time\":\\d{13},").contains("\"devices\":{\"device\":[\"hd\"]}");
        assertThat(send("GET", "/imagetransfers", JSON, "").body()).isEqualTo("{}");
        assertThat(send("GET", "/vms?search=name%3Dnobody", JSON, "").body()).isEqualTo("{}");
    }

    @Test
    void xmlIsWhatComesWhenNobodyAsks() {
        HttpResponse<String> response = send("GET", "/vms?max=1", "*/*", "");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(response.body())
                .contains("<vms><vm href=\"/ovirt-engine/api/vms/")
                .contains("<link href=");
        assertThat(send("GET", "/imagetransfers", "*/*", "").body()).endsWith("<image_transfers></image_transfers>");
    }

    @Test
    void whatIsNotThereIsAnsweredWithNothing() {
        for (String path : List.of("/vms/nope", "/nope", "/vms/nope/nics")) {
            HttpResponse<String> response = send("GET", path, JSON, "");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void badSearchesAreFaultsAndUnknownLinksArePages() {
        HttpResponse<String> search = send("GET", "/vms?search=colour%3Dgreen", JSON, "");
        assertThat(search.statusCode()).isEqualTo(400);
        assertThat(Json.texts(bytes(search))).containsEntry("reason", "Operation Failed");
        HttpResponse<String> follow = send("GET", "/vms?follow=colours", JSON, "");
        assertThat(follow.statusCode()).isEqualTo(500);
        assertThat(follow.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    @Test
    void pagesTakenTogetherAreTheWholeList() {
        List<String> all = column(json("/vms"), "vm", "id");
        List<String> paged = new ArrayList<>();
        List<String> page = List.of("");
        for (int i = 1; !page.isEmpty(); i++) {
            page = column(json("/vms?max=7&search=page%20" + i), "vm", "id");
            paged.addAll(page);
        }
        assertThat(paged).isEqualTo(all).hasSize(40);
        List<String> sorted = column(json("/vms?search=sortby+name+desc"), "vm", "name");
        assertThat(sorted).isSortedAccordingTo((left, right) -> right.compareTo(left));
    }

    @Test
    void followedLinksHoldWhatTheirOwnPathsHold() {
        Map<String, String> followed = json("/vms?follow=nics,disk_attachments,permissions");
        List<String> ids = column(followed, "vm", "id");
        for (int i = 0; i < ids.size(); i++) {
            String vm = "/vms/" + ids.get(i);
            assertThat(column(followed, "vm." + i + ".nics.nic", "mac.address"))
                    .isEqualTo(column(json(vm + "/nics"), "nic", "mac.address"))
                    .isNotEmpty();
            assertThat(column(followed, "vm." + i + ".permissions.permission", "id"))
                    .isEqualTo(column(json(vm + "/permissions"), "permission", "id"));
            assertThat(column(followed, "vm." + i + ".disk_attachments.disk_attachment", "disk.id"))
                    .isEqualTo(column(json(vm + "/diskattachments"), "disk_attachment", "disk.id"));
        }
    }

    @Test
    void everythingThatIsPointedToExists() {
        Set<String> seen = new HashSet<>();
        List<String> collections = List.of(
                "vms?follow=nics,disk_attachments,permissions,tags,reported_devices,snapshots,statistics",
                "hosts?follow=nics",
                "clusters",
                "datacenters",
                "storagedomains",
                "networks",
                "disks",
                "templates",
                "permissions",
                "vnicprofiles",
                "users",
                "roles",
                "tags",
                "events");
        for (String collection : collections) {
            json("/" + collection).forEach((path, value) -> {
                if (path.endsWith(".href") && !path.contains("actions.link")) {
                    seen.add(value.substring("/ovirt-engine/api".length()));
                }
            });
        }
        assertThat(seen)
                .hasSizeGreaterThan(300)
                .allSatisfy(href -> assertThat(send("HEAD", href, JSON, "").statusCode())
                        .as(href)
                        .isEqualTo(200));
    }

    @Test
    void tokensEndWhenTheyAreUsedUpOrTakenAway() {
        cloud.expireTokensAfter(2);
        assertThat(send("GET", "/vms?max=1", JSON, "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/vms?max=1", JSON, "").statusCode()).isEqualTo(200);
        HttpResponse<String> third = send("GET", "/vms?max=1", JSON, "");
        assertThat(third.statusCode()).isEqualTo(401);
        assertThat(third.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"RESTAPI\"");
        assertThat(third.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        token = "";
        assertThat(send("GET", "/vms?max=1", JSON, "").statusCode()).isEqualTo(200);
        cloud.expireTokens();
        assertThat(send("GET", "/vms?max=1", JSON, "").statusCode()).isEqualTo(401);
        assertThat(cloud.tokensIssued()).isEqualTo(2);
    }

    @Test
    void theVersionAndTheCorrelationIdAreHeeded() {
        assertThat(send("GET", "/vms?max=1", JSON, "", "Version", "3").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/v4/vms?max=1", JSON, "", "Version", "4").statusCode())
                .isEqualTo(200);
        HttpResponse<String> response = send("GET", "/vms?max=1", JSON, "", "Correlation-Id", "muster-1");
        assertThat(response.headers().firstValue("Correlation-Id")).contains("muster-1");
    }

    @Test
    void aMachineThatTakesItsTimeIsStillStarting() {
        try (SimOvirt slow = SimOvirt.start(SimOptions.defaults().vms(40).bootTime(Duration.ofDays(1)))) {
            String down = column(json("/vms?search=status%3Ddown"), "vm", "id").getFirst();
            String path = "/ovirt-engine/api/vms/" + down;
            String[] headers = Clients.basic(slow).split(": ", 2);
            HttpResponse<String> started =
                    Clients.send("POST", slow.uri().resolve(path + "/start"), "<action/>", headers);
            assertThat(started.body()).contains("<status>complete</status>");
            HttpResponse<String> vm = Clients.send("GET", slow.uri().resolve(path), "", headers);
            assertThat(vm.body()).contains("<status>wait_for_launch</status>");
        }
    }

    @Test
    void twoRunningStartsAreAConflict() {
        String up = column(json("/vms?search=status%3Dup"), "vm", "id").getFirst();
        HttpResponse<String> refused = send("POST", "/vms/" + up + "/start", JSON, "<action/>");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Json.texts(bytes(refused))).containsEntry("status", "failed").containsKey("fault.detail");
    }

    @Test
    void theSameSeedMakesTheSameCloud() {
        try (SimOvirt twin = SimOvirt.start(SimOptions.defaults().vms(40));
                SimOvirt other = SimOvirt.start(SimOptions.defaults().vms(40).seed(2))) {
            String body = send("GET", "/disks", "application/xml", "").body();
            String[] headers = Clients.basic(twin).split(": ", 2);
            assertThat(Clients.send("GET", twin.uri().resolve("/ovirt-engine/api/disks"), "", headers)
                            .body())
                    .isEqualTo(body);
            assertThat(Clients.send("GET", other.uri().resolve("/ovirt-engine/api/disks"), "", headers)
                            .body())
                    .isNotEqualTo(body);
        }
    }
}
