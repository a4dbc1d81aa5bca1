package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Headers;
import dev.muster.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OvirtFaultsTest {
    private static String said(int status, String body) {
        return new OvirtFaults()
                .message(new HttpResponse(
                        status,
                        Headers.none(),
                        body.getBytes(StandardCharsets.UTF_8),
                        new HttpResponse.Timing(0, 0, 1, 0)));
    }

    @Test
    void faultsHaveAReasonAndADetail() {
        assertThat(said(409, "{\"reason\":\"Operation Failed\",\"detail\":\"[Cannot run VM. The VM is locked.]\"}"))
                .isEqualTo("Operation Failed: [Cannot run VM. The VM is locked.]");
    }

    @Test
    void actionsHaveTheirFaultInside() {
        assertThat(said(
                        409,
                        "{\"status\":\"failed\",\"fault\":{\"reason\":\"Operation Failed\",\"detail\":\"[Locked.]\"}}"))
                .isEqualTo("Operation Failed: [Locked.]");
    }

    @Test
    void theSignOnSaysItInTwoOrders() {
        assertThat(said(400, "{\"error_code\":\"access_denied\",\"error\":\"Cannot authenticate user 'x'\"}"))
                .isEqualTo("access_denied: Cannot authenticate user 'x'");
        assertThat(said(400, "[{\"error\":\"invalid_grant\",\"error_description\":\"The grant is invalid\"}]"))
                .isEqualTo("invalid_grant: The grant is invalid");
    }

    @Test
    void aMissingEntityHasNoBody() {
        assertThat(said(404, "")).isEqualTo("no such entity");
        assertThat(said(500, "")).isNull();
    }

    @Test
    void aPageInHtmlIsLeftToBeShownAsSuch() {
        assertThat(said(401, "<html><head><title>Unauthorized</title></head></html>"))
                .isNull();
        assertThat(said(500, "<html><body>Internal Server Error</body></html>")).contains("follow");
    }
}
