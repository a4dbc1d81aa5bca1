package dev.muster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.sim.Wire.Response;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimServerTest {
    private static final String HEALTH = "/ovirt-engine/services/health";

    @Test
    void twentyFivePipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(25));
                Wire wire = new Wire(cloud.address())) {
            List<String> ids = Clients.ids(cloud);
            StringBuilder requests = new StringBuilder();
            ids.forEach(id -> requests.append(
                    Wire.get("/ovirt-engine/api/vms/" + id, Clients.basic(cloud), "Accept: application/json")));
            wire.send(requests.toString());
            List<String> answered = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                String body = wire.read().body();
                answered.add(body.substring(body.lastIndexOf("\"id\":\"") + 6, body.length() - 2));
            }
            assertThat(answered).isEqualTo(ids);
        }
    }

    @Test
    void aPortThatIsTakenIsToldAndLeavesNoThread() throws IOException {
        Set<String> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SimOptions options = SimOptions.defaults().vms(1).port(taken.getLocalPort());
            for (Duration rtt : List.of(Duration.ZERO, Duration.ofMillis(2))) {
                assertThatThrownBy(() -> SimOvirt.start(options.rtt(rtt)))
                        .as("round trip " + rtt)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("cannot listen on loopback port " + taken.getLocalPort());
            }
        }
        // Helidon's timer, a daemon, may outlive its server.
        assertThat(threads()).filteredOn(name -> name.contains("@default")).isSubsetOf(before);
    }

    @Test
    void aClosedCloudLeavesNoThreadAndNoPort() throws IOException {
        Set<String> before = threads();
        SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1).rtt(Duration.ofMillis(2)));
        InetSocketAddress behind = cloud.address();
        InetSocketAddress front = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), cloud.uri().getPort());
        try (Wire wire = new Wire(front)) {
            wire.send(Wire.get(HEALTH));
            assertThat(wire.read().status()).isEqualTo(200);
            cloud.close();
            assertThat(wire.readByte()).isNegative();
        }
        assertThatThrownBy(() -> connect(behind)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> connect(front)).isInstanceOf(IOException.class);
        assertThat(threads()).isSubsetOf(before);
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    /** Platform threads that belong to the servers; the JVM's own come and go as they like. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains("muster") || name.contains("helidon") || name.contains("@default"))
                .collect(Collectors.toSet());
    }

    @Test
    void aConnectionIsClosedAfterItsShareOfRequests() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1).connectionRequests(2));
                Wire wire = new Wire(cloud.address())) {
            String get = Wire.get(HEALTH, "Connection: keep-alive");
            wire.send(get + get + get);
            assertThat(wire.read().headers()).containsEntry("keep-alive", "timeout=5, max=1");
            assertThat(wire.read().headers()).containsEntry("connection", "close");
            assertThat(wire.readByte()).isNegative();
        }
    }

    @Test
    void requestsAboveTheRateAreThrottled() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1).rateLimit(0.001));
                Wire wire = new Wire(cloud.address())) {
            wire.send(Wire.get(HEALTH) + Wire.get(HEALTH));
            assertThat(wire.read().status()).isEqualTo(200);
            Response second = wire.read();
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.headers()).containsKey("retry-after");
            assertThat(cloud.requests().throttled()).isEqualTo(1);
        }
    }

    @Test
    void failuresComeAsOrderedAndEndWhenTheyAreSpent() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults()
                        .vms(1)
                        .failures("500@/health:1,500-json@/health:1,503@/health:1,429@/health:1,401@/health:1,"
                                + "html@/health:1,empty@/health:1"));
                Wire wire = new Wire(cloud.address())) {
            List<Integer> statuses = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                wire.send(Wire.get(HEALTH));
                Response response = wire.read();
                statuses.add(response.status());
                types.add(response.headers().getOrDefault("content-type", "-").split(";", 2)[0]);
            }
            assertThat(statuses).containsExactly(500, 500, 503, 429, 401, 200, 200, 200);
            assertThat(types)
                    .containsExactly(
                            "text/html",
                            "application/json",
                            "text/html",
                            "text/html",
                            "text/html",
                            "text/html",
                            "-",
                            "text/plain");
            assertThat(cloud.requests().failed()).isEqualTo(7);
        }
    }

    @Test
    void aTruncatedBodyPromisesMoreThanItHolds() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1));
                Wire wire = new Wire(cloud.address())) {
            cloud.fail("/health", Failure.TRUNCATED);
            wire.send(Wire.get(HEALTH));
            assertThatThrownBy(wire::read).isInstanceOf(EOFException.class).hasMessageContaining("only 15 bytes of 31");
        }
    }

    @Test
    void aServerThatHangsUpSaysNothing() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1));
                Wire wire = new Wire(cloud.address())) {
            cloud.fail("/health", Failure.HANG_UP);
            wire.send(Wire.get(HEALTH));
            assertThat(wire.readByte()).isNegative();
        }
    }

    @Test
    void aStalledRequestEndsWithTheCloud() throws IOException {
        SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1));
        try (Wire stalled = new Wire(cloud.address());
                Wire other = new Wire(cloud.address())) {
            cloud.fail("/health", Failure.STALL);
            stalled.send(Wire.get(HEALTH));
            other.send(Wire.get("/elsewhere"));
            assertThat(other.read().status()).isEqualTo(404);
            cloud.close();
            assertThat(stalled.readByte()).isNegative();
        }
    }

    @Test
    void healingEndsFailures() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1).failures("503"));
                Wire wire = new Wire(cloud.address())) {
            wire.send(Wire.get(HEALTH));
            assertThat(wire.read().status()).isEqualTo(503);
            cloud.heal();
            wire.send(Wire.get(HEALTH));
            assertThat(wire.read().status()).isEqualTo(200);
        }
    }

    @Test
    void requestsAreCountedByPath() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1));
                Wire wire = new Wire(cloud.address())) {
            wire.send(Wire.get(HEALTH) + Wire.get(HEALTH) + Wire.get("/elsewhere"));
            for (int i = 0; i < 3; i++) {
                wire.read();
            }
            assertThat(cloud.requests().total()).isEqualTo(3);
            assertThat(cloud.requests().to("/services/*")).isEqualTo(2);
            assertThat(cloud.requests().connections()).isEqualTo(1);
            assertThat(cloud.requests().maxConcurrent()).isEqualTo(1);
        }
    }

    @Test
    void aHeadRequestGetsTheLengthWithoutTheBody() throws IOException {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(1));
                Wire wire = new Wire(cloud.address())) {
            wire.send(Wire.get(HEALTH).replace("GET", "HEAD"));
            wire.send(Wire.get(HEALTH));
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().contains("\r\n\r\n")) {
                seen.append((char) wire.readByte());
            }
            assertThat(seen.toString()).containsIgnoringCase("content-length: 31");
            assertThat(wire.read().body()).isEqualTo("DB Up!Welcome to Health Status!");
        }
    }
}
