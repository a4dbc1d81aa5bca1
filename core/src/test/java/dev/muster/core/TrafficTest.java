package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Headers;
import dev.muster.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    private static HttpResponse response(int status, int sends, int throttles) {
        return new HttpResponse(status, Headers.none(), new byte[10], new HttpResponse.Timing(0, 0, sends, throttles));
    }

    @Test
    void throttledAnswersAreCountedApartFromDeadConnectionsForThePartAndTheWhole() {
        Traffic whole = new Traffic();
        Traffic part = new Traffic(whole);
        part.answered(response(200, 4, 2));
        part.answered(response(429, 4, 3));
        part.answered(response(503, 1, 0));
        // Nothing was sent for these: they share an answer.
        part.answered(response(200, 0, 0));
        part.answered(response(429, 0, 0));
        assertThat(part.resent()).isEqualTo(1);
        assertThat(part.throttled()).isEqualTo(6);
        assertThat(part.bytes()).isEqualTo(30);
        assertThat(whole.resent()).isEqualTo(1);
        assertThat(whole.throttled()).isEqualTo(6);
    }
}
