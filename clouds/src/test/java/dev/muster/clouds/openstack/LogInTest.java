package dev.muster.clouds.openstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.clouds.openstack.FakeOpenStack.Answer;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.RowCollector;
import dev.muster.core.Session;
import dev.muster.core.Settings;
import dev.muster.core.Tenancy;
import dev.muster.core.Traffic;
import dev.muster.http.HttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogInTest {
    private static final Answer NO_SERVERS = Answer.json(200, "{\"servers\": []}");

    private final FakeOpenStack fake = new FakeOpenStack();

    @BeforeEach
    void anEmptyCloud() {
        fake.answer("GET /compute/v2.1/servers/detail", NO_SERVERS);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void connectingSendsNothing() {
        try (OpenStack cloud = OpenStack.connect(fake.settings())) {
            assertThat(cloud.compute().servers().toString()).isEqualTo("GET /servers/detail");
            assertThat(cloud.tables()).hasSizeGreaterThan(9);
        }
        assertThat(fake.requests).isEmpty();
    }

    @Test
    void manyCallsAtOnceShareOneLogIn() {
        try (OpenStack cloud = OpenStack.connect(fake.settings())) {
            List<Pending<List<Server>>> all = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                all.add(cloud.compute().servers().start());
            }
            all.forEach(servers -> assertThat(servers.join()).isEmpty());
        }
        assertThat(fake.logIns).hasValue(1);
        assertThat(fake.bodies).singleElement().asString().contains("demo-s3cret");
    }

    @Test
    void authUrlMayHaveTheVersionAndSlashes() {
        for (String end : List.of("/identity", "/identity/", "/identity/v3", "/identity/v3//")) {
            assertThat(servers(with("auth_url", fake.url() + end))).isEmpty();
        }
        assertThat(fake.logIns).hasValue(4);
    }

    @Test
    void aTokenThatAllServicesRefuseIsRenewedOnceForAll() throws InterruptedException {
        int calls = 20;
        CountDownLatch refused = new CountDownLatch(calls);
        try (OpenStack cloud = OpenStack.connect(fake.settings())) {
            assertThat(cloud.compute().servers().get()).isEmpty();
            fake.tokens.clear();
            fake.answer("POST /identity/v3/auth/tokens", query -> {
                refused.countDown();
                return fake.token();
            });
            List<Pending<List<Server>>> all = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                all.add(cloud.compute().servers().start());
            }
            all.forEach(servers -> assertThat(servers.join()).isEmpty());
        }
        assertThat(fake.logIns).hasValue(2);
        assertThat(refused.getCount()).isEqualTo(calls - 1);
    }

    /** By which the session renews it before it is refused. */
    @Test
    void aTokenTellsWhenItExpires() {
        fake.expires = "2031-02-03T04:05:06.000000Z";
        try (HttpClient http = fake.settings().http(new OpenStackFaults())) {
            assertThat(new LogIn(fake.settings(), http, new Traffic()).send())
                    .succeedsWithin(20, SECONDS)
                    .extracting(Session.Grant::expires)
                    .isEqualTo(Instant.parse("2031-02-03T04:05:06Z"));
        }
    }

    @Test
    void aWrongPasswordIsTriedOnceForTheWholeInventory() {
        fake.answer("POST /identity/v3/auth/tokens", query -> {
            fake.logIns.incrementAndGet();
            return Answer.json(
                    401, "{\"error\": {\"code\": 401, \"message\": \"The request requires authentication.\"}}");
        });
        try (OpenStack cloud = OpenStack.connect(fake.settings())) {
            InventoryReport report = Inventory.of(List.of(cloud)).get(new RowCollector());
            assertThat(report.failed()).isTrue();
            assertThat(report.tables())
                    .allSatisfy(table -> assertThat(table.failures())
                            .singleElement()
                            .satisfies(failure -> assertThat(failure.kind()).isEqualTo("denied")));
            assertThatThrownBy(() -> cloud.compute().servers().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessage("HTTP 401: The request requires authentication; check auth.username, auth.password, the"
                            + " domains, and that the user has a role in the project (a test)");
        }
        assertThat(fake.logIns).hasValue(1);
    }

    @Test
    void aKeystoneThatFailedIsAskedAgain() {
        fake.answer("POST /identity/v3/auth/tokens", new Answer(503, "text/html", "<title>Busy</title>", Map.of()));
        try (OpenStack cloud = OpenStack.connect(fake.settings())) {
            assertThatThrownBy(() -> cloud.compute().servers().get()).isInstanceOf(MusterException.Failed.class);
            fake.answer("POST /identity/v3/auth/tokens", query -> fake.token());
            assertThat(cloud.compute().servers().get()).isEmpty();
        }
    }

    @Test
    void aUrlThatIsNotKeystonesIsToldSo() {
        assertThatThrownBy(() -> servers(with("auth_url", fake.url() + "/identity/dashboard")))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("HTTP 404")
                .hasMessageContaining("is auth.auth_url that of Keystone v3?");
        fake.answer(
                "POST /identity/v3/auth/tokens",
                new Answer(200, "text/html", "<html><title>Sign in</title></html>", Map.of("X-Subject-Token", "x")));
        assertThatThrownBy(() -> servers(fake.settings()))
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("is auth.auth_url that of Keystone v3?");
    }

    @Test
    void aKeystoneThatIsNotThereNamesTheSetting() {
        assertThatThrownBy(() -> servers(with("auth_url", "http://127.0.0.1:" + unusedPort())))
                .isInstanceOf(MusterException.Unreachable.class)
                .hasMessageContaining("check auth.auth_url (a test)")
                .satisfies(e -> assertThat(((MusterException) e).describe()).startsWith("fake: POST /auth/tokens: "));
    }

    @Test
    void noProjectAtAllIsTold() {
        fake.scope = "";
        fake.services = List.of();
        assertThatThrownBy(() -> servers(fake.settings()))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'auth.project_name' is missing, and the user has no default project");
    }

    @Test
    void anUnknownRegionIsToldOnceAndForAll() {
        assertThatThrownBy(() -> servers(fake.settings("region_name", "Two")))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'region_name' names no region of the catalog; it has One");
    }

    @Test
    void projectAndRegionAreToldByTheTokenWhereSettingsDoNot() {
        try (OpenStack cloud = OpenStack.connect(fake.settings("project_name", ""))) {
            assertThat(cloud.tenancy().region()).isNull();
            assertThat(cloud.compute().servers().get()).isEmpty();
            assertThat(cloud.tenancy()).isEqualTo(new Tenancy("demo", "One"));
        }
        try (OpenStack cloud = OpenStack.connect(fake.settings("region_name", "Two"))) {
            assertThat(cloud.tenancy()).isEqualTo(new Tenancy("demo", "Two"));
        }
    }

    @Test
    void aMissingServiceSaysWhichThereAre() {
        fake.services = List.of("compute", "volumev3");
        try (OpenStack cloud = OpenStack.connect(fake.settings("region_name", "One"))) {
            assertThatThrownBy(() -> cloud.image().images().get())
                    .isInstanceOf(MusterException.Rejected.class)
                    .hasMessage("the cloud has no service 'image' (region One, interface public, project demo);"
                            + " it has compute, volumev3, identity");
            assertThat(cloud.compute().servers().get()).isEmpty();
        }
    }

    @Test
    void anOverrideComesBeforeTheCatalog() {
        fake.services = List.of();
        fake.answer("GET /elsewhere/v2.1/servers/detail", NO_SERVERS);
        assertThat(servers(fake.settings("compute_endpoint_override", fake.url() + "/elsewhere/v2.1/")))
                .isEmpty();
        assertThat(fake.requests).anyMatch(r -> r.startsWith("GET /elsewhere/v2.1/servers/detail?"));
    }

    @Test
    void wrongSettingsAreToldBeforeAnythingIsSent() {
        assertWrong(Map.of(), "setting 'auth.auth_url' is missing");
        assertWrong(Map.of("profile", "vexxhost"), "setting 'profile' names a vendor's profile, and Muster knows none");
        assertWrong(Map.of("auth_url", "keystone:5000"), "setting 'auth.auth_url' is no http or https URL");
        assertWrong(Map.of("auth_url", "ftp://keystone/v3"), "setting 'auth.auth_url' is no http or https URL");
        assertWrong(Map.of("auth_url", "https://me:pw@k"), "setting 'auth.auth_url' is no http or https URL");
        assertWrong(Map.of("auth_url", "http://k:5000/v2.0"), "asks for Identity v2.0");
        assertWrong(Map.of("auth_url", "http://k", "identity_api_version", 2), "'identity_api_version' asks for");
        assertWrong(Map.of("auth_url", "http://k"), "setting 'auth.username' is missing");
        assertWrong(
                Map.of("auth_url", "http://k", "username", "u", "password", "p", "interface", "inner"),
                "setting 'interface' is not one of");
        assertWrong(
                Map.of("auth_url", "http://k", "username", "u", "password", "p", "image_endpoint_override", "glance"),
                "setting 'image_endpoint_override' is no http or https URL");
        assertWrong(Map.of("auth_url", "http://k", "cert", "c.pem"), "client certificate");
    }

    private static void assertWrong(Map<String, ?> values, String words) {
        assertThatThrownBy(() -> OpenStack.connect(Settings.of("c", "openstack", "a test", values)))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageStartingWith("cloud 'c': ")
                .hasMessageContaining(words)
                .hasMessageEndingWith("(a test)");
    }

    private List<Server> servers(Settings settings) {
        try (OpenStack cloud = OpenStack.connect(settings)) {
            return cloud.compute().servers().get();
        }
    }

    /** The fake's settings with one of those below auth set otherwise. */
    private Settings with(String key, String value) {
        Map<String, Object> auth =
                new java.util.HashMap<>(Map.of("username", "demo", "password", "demo-s3cret", "project_name", "demo"));
        auth.put(key, value);
        return fake.settings("auth", auth);
    }

    private static int unusedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
