package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
final class RateTest {
    private static final Duration PER = Duration.ofMillis(100);

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void noTimeOfThatLengthHoldsMoreRequestsThoughAllWaitAndSomeAreCancelled(int depth) throws Exception {
        Queue<Long> written = new ConcurrentLinkedQueue<>();
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder()
                        .pipeline(depth)
                        .rate(20, PER)
                        .events(event -> {
                            if (event instanceof HttpEvent.Sent sent) {
                                written.add(sent.nanos());
                            }
                        })
                        .build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 200; i++) {
                HttpClient.Exchange exchange = client.send(server.get("/" + i), outcomes.next());
                if (i % 10 == 9) {
                    exchange.cancel();
                }
            }
            List<Outcomes.Outcome> told = outcomes.await(200);
            for (int i = 0; i < 200; i++) {
                if (i % 10 != 9) {
                    assertThat(told.get(i).response().text()).isEqualTo("/" + i);
                }
            }
        }
        List<Long> times = List.copyOf(written);
        assertThat(times).hasSizeGreaterThanOrEqualTo(180);
        for (int i = 20; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 20)).isGreaterThanOrEqualTo(PER.toNanos());
        }
    }

    @Test
    void aRateIsSomeRequestsInSomeTime() {
        HttpClient.Builder builder = HttpClient.builder();
        assertThatThrownBy(() -> builder.rate(0, PER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.rate(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
