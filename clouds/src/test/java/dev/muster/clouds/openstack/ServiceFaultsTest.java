package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.clouds.openstack.FakeOpenStack.Answer;
import dev.muster.core.Call;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.MusterException;
import dev.muster.core.RowCollector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each service says when it fails, as the Zed release says it, and what becomes of it. */
class ServiceFaultsTest {
    private static final String SERVERS = "GET /compute/v2.1/servers/detail";

    private final FakeOpenStack fake = new FakeOpenStack();
    private final OpenStack cloud = OpenStack.connect(fake.settings());

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    @Test
    void novaDoesNotKnowTheServer() {
        fake.answer(
                "GET /compute/v2.1/servers/x y",
                Answer.json(
                        404, "{\"itemNotFound\": {\"code\": 404, \"message\": \"Instance x y could not be found.\"}}"));
        assertFault(
                cloud.compute().server("x y"),
                MusterException.Rejected.class,
                "fake: GET /servers/x%20y: HTTP 404: Instance x y could not be found");
    }

    @Test
    void novaForbidsAllProjects() {
        fake.answer(
                SERVERS,
                Answer.json(403, "{\"forbidden\": {\"code\": 403, \"message\": \"Policy doesn't allow it.\"}}"));
        assertFault(
                cloud.compute().servers().allProjects(),
                MusterException.Denied.class,
                "fake: GET /servers/detail: HTTP 403: Policy doesn't allow it");
    }

    @Test
    void novaFailsAsNeutronDid() {
        fake.answer(
                SERVERS,
                Answer.json(500, "{\"computeFault\": {\"code\": 500, \"message\": \"Unexpected API Error.\"}}"));
        assertFault(
                cloud.compute().servers(),
                MusterException.Failed.class,
                "fake: GET /servers/detail: HTTP 500: Unexpected API Error");
    }

    @Test
    void neutronDoesNotKnowThePort() {
        fake.answer(
                "GET /network/v2.0/ports/x",
                Answer.json(
                        404,
                        "{\"NeutronError\": {\"type\": \"PortNotFound\", \"message\": \"Port x could not be found.\", \"detail\": \"\"}}"));
        assertFault(
                cloud.network().port("x"),
                MusterException.Rejected.class,
                "fake: GET /ports/x: HTTP 404: Port x could not be found. (PortNotFound)");
    }

    @Test
    void glanceSpeaksPlainlyOrInHtml() {
        fake.answer("GET /image/v2/images/x", new Answer(403, "text/plain", "You do not own this image", Map.of()));
        assertFault(
                cloud.image().image("x"),
                MusterException.Denied.class,
                "fake: GET /images/x: HTTP 403: You do not own this image");
        fake.answer(
                "GET /image/v2/images/x",
                new Answer(
                        404,
                        "text/html; charset=UTF-8",
                        "<html><head><title>404 Not Found</title></head><body>…</body></html>",
                        Map.of()));
        assertFault(
                cloud.image().image("x"),
                MusterException.Rejected.class,
                "fake: GET /images/x: HTTP 404: a page in HTML, titled '404 Not Found'");
    }

    @Test
    void aProxyThrottles() {
        fake.answer(SERVERS, new Answer(429, "text/plain", "Too Many Requests", Map.of("Retry-After", "77")));
        assertFault(
                cloud.compute().servers(),
                MusterException.Throttled.class,
                "fake: GET /servers/detail: HTTP 429: Too Many Requests; try again after 77 s");
    }

    @Test
    void aServiceCannotAskKeystone() {
        fake.answer(
                SERVERS, new Answer(503, "text/plain", "The Keystone service is temporarily unavailable.", Map.of()));
        assertFault(
                cloud.compute().servers(),
                MusterException.Failed.class,
                "fake: GET /servers/detail: HTTP 503: The Keystone service is temporarily unavailable");
    }

    @Test
    void aFreshTokenThatIsRefusedIsNotRenewedForEver() {
        fake.answer("POST /identity/v3/auth/tokens", query -> {
            Answer granted = fake.token();
            fake.tokens.clear();
            return granted;
        });
        assertFault(
                cloud.compute().servers(),
                MusterException.Denied.class,
                "fake: GET /servers/detail: HTTP 401: The request requires authentication");
        assertThat(fake.logIns).hasValue(2);
    }

    @Test
    void anAnswerWithoutTheListIsNoEmptyList() {
        fake.answer(SERVERS, Answer.json(200, "{}"));
        assertFault(
                cloud.compute().servers(),
                MusterException.Undecodable.class,
                "fake: GET /servers/detail: the answer has no 'servers'");
    }

    @Test
    void oneServiceThatFailsLeavesTheOthersStanding() {
        fake.answer(SERVERS, Answer.json(200, "{\"servers\": [{\"id\": \"s1\", \"image\": \"\"}]}"));
        fake.answer("GET /image/v2/images", Answer.json(500, "{}"));
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud))
                .tables("openstack_server", "openstack_image")
                .get(rows);
        assertThat(report.tables())
                .extracting(FetchReport::outcome)
                .containsExactly(FetchReport.Outcome.COMPLETE, FetchReport.Outcome.FAILED);
        assertThat(rows.rows("fake", "openstack_server"))
                .singleElement()
                .satisfies(row -> assertThat(row.text("image_id")).isNull());
    }

    private static void assertFault(Call<?> call, Class<? extends MusterException> kind, String description) {
        assertThatThrownBy(call::get)
                .isInstanceOf(kind)
                .satisfies(e -> assertThat(((MusterException) e).describe()).isEqualTo(description));
    }
}
