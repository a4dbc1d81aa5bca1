package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.Settings;
import dev.muster.ovirt.types.Nic;
import dev.muster.ovirt.types.Vm;
import dev.muster.sim.Failure;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the official Python and Java SDKs were found to get wrong, each shown not to be wrong here. Python: a future sends
 * nothing before it is waited for, hangs when waited for twice, is blamed for another's failure; ten of them renew a token
 * ten times; waiting for a place counts as the server's slowness; a lock makes threads take turns. Java: two connections,
 * no time limit for an answer, a connection lost with each 401, a close that waits for a dead engine.
 */
class FaultsOfOtherClientsTest {

    private static Ovirt connect(SimOvirt engine, int connections, int pipeline, int timeoutSeconds) {
        return Ovirt.connect(Settings.of(
                "lab",
                "ovirt",
                "the test",
                Map.of(
                        "url",
                        engine.url(),
                        "username",
                        engine.login().user(),
                        "password",
                        engine.login().password(),
                        "connections",
                        connections,
                        "pipeline",
                        pipeline,
                        "timeout",
                        timeoutSeconds)));
    }

    @Test
    void whatIsStartedIsSentAndDoneThoughNobodyWaits() throws InterruptedException {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(3));
                Ovirt ovirt = connect(engine, 1, 1, 120)) {
            CountDownLatch done = new CountDownLatch(1);
            ovirt.vms().list().start().whenComplete((vms, failure) -> done.countDown());
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.requests().to("GET /ovirt-engine/api/vms")).isEqualTo(1);
        }
    }

    @Test
    void whatIsStartedMayBeAskedTwice() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(3));
                Ovirt ovirt = connect(engine, 1, 1, 120)) {
            Pending<List<Vm>> vms = ovirt.vms().list().start();
            assertThat(vms.join()).hasSize(3).isEqualTo(vms.join());
            assertThat(engine.requests().to("GET /ovirt-engine/api/vms")).isEqualTo(1);
        }
    }

    @Test
    void aFailureIsToldToWhomItHappened() {
        SimOptions slow = SimOptions.defaults().vms(3).latency(Duration.ofMillis(100));
        try (SimOvirt engine = SimOvirt.start(slow);
                Ovirt ovirt = connect(engine, 2, 1, 120)) {
            List<Vm> vms = ovirt.vms().list().get();
            engine.fail("/hosts", Failure.TRUNCATED);
            List<Pending<List<Nic>>> healthy = new ArrayList<>();
            healthy.add(ovirt.vms().vm(vms.get(0).id()).nics().list().start());
            Pending<?> hosts = ovirt.hosts().list().start();
            healthy.add(ovirt.vms().vm(vms.get(1).id()).nics().list().start());
            healthy.forEach(each -> assertThat(each.join()).isNotEmpty());
            assertThatThrownBy(hosts::join)
                    .isInstanceOfSatisfying(
                            MusterException.class,
                            why -> assertThat(why.describe()).contains("GET /hosts"));
            assertThatThrownBy(hosts::join).isInstanceOf(MusterException.class);
        }
    }

    @Test
    void waitingForAPlaceIsNotTheServersSlowness() {
        SimOptions slow = SimOptions.defaults().vms(3).latency(Duration.ofMillis(500));
        try (SimOvirt engine = SimOvirt.start(slow);
                Ovirt ovirt = connect(engine, 1, 1, 3)) {
            List<Pending<List<Vm>>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(ovirt.vms().list().start());
            }
            calls.forEach(call -> assertThat(call.join()).hasSize(3));
        }
    }

    @Test
    void everyThreadHasItsRequestAtTheServer() throws InterruptedException {
        int threads = 20;
        SimOptions slow = SimOptions.defaults().vms(3).latency(Duration.ofSeconds(2));
        try (SimOvirt engine = SimOvirt.start(slow);
                Ovirt ovirt = connect(engine, threads, 1, 120)) {
            List<Thread> asking = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                asking.add(Thread.ofPlatform().start(() -> ovirt.vms().list().get()));
            }
            for (Thread thread : asking) {
                thread.join();
            }
            // Theirs: 4 with the lock, 2 with the pool of 2.
            assertThat(engine.requests().maxConcurrent()).isGreaterThan(10).isLessThanOrEqualTo(threads);
        }
    }

    @Test
    void noConnectionIsLostWithATokenThatExpires() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(3));
                Ovirt ovirt = connect(engine, 2, 1, 120)) {
            for (int i = 0; i < 10; i++) {
                assertThat(ovirt.vms().list().get()).hasSize(3);
                engine.expireTokens();
            }
            assertThat(engine.tokensIssued()).isEqualTo(10);
            assertThat(engine.requests().connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void tenOutstandingCallsShareOneNewToken() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(10));
                Ovirt ovirt = connect(engine, 5, 5, 120)) {
            List<Vm> vms = ovirt.vms().list().get();
            assertThat(engine.tokensIssued()).isEqualTo(1);
            engine.expireTokens();
            List<Pending<?>> calls = new ArrayList<>();
            for (Vm vm : vms) {
                calls.add(ovirt.vms().vm(vm.id()).nics().list().start());
            }
            calls.forEach(Pending::join);
            assertThat(calls).hasSize(10);
            assertThat(engine.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsToldAsSuch() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(3));
                Ovirt ovirt = connect(engine, 1, 1, 1)) {
            ovirt.vms().list().get();
            engine.fail("/vms", Failure.STALL);
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOfSatisfying(
                            MusterException.Unreachable.class,
                            why -> assertThat(why.describe()).startsWith("lab: GET /vms: "));
        }
    }

    @Test
    void anEngineThatIsNotThereIsToldAsSuch() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (Ovirt ovirt = Ovirt.at("http://127.0.0.1:" + port + "/ovirt-engine/api")
                .username("admin@internal")
                .password("secret")
                .connect()) {
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOf(MusterException.Unreachable.class)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void closingDoesNotWaitForADeadEngine() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(3))) {
            Ovirt ovirt = connect(engine, 1, 1, 120);
            ovirt.vms().list().get();
            engine.fail("/services/sso-logout", Failure.STALL);
            ovirt.close();
            assertThatThrownBy(() -> ovirt.vms().list().get()).isInstanceOf(MusterException.class);
        }
    }
}
