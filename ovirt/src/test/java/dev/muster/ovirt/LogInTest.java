package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.sim.Failure;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogInTest {
    private final SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(3));

    @AfterEach
    void stop() {
        engine.close();
    }

    private Ovirt connect(String url, String user, String password) {
        return Ovirt.at(url).username(user).password(password).connect();
    }

    private Ovirt connect(String url) {
        return connect(url, engine.login().user(), engine.login().password());
    }

    @Test
    void aWrongPasswordIsToldOnceInTheEnginesWords() {
        try (Ovirt ovirt = connect(engine.url(), "admin@internal", "wrong")) {
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("Cannot authenticate user 'admin@internal'")
                    .hasMessageContaining("check username and password (the program)")
                    .hasMessageNotContaining("wrong");
            assertThatThrownBy(() -> ovirt.hosts().list().get()).isInstanceOf(MusterException.Denied.class);
        }
        // Asking again and again would lock the account.
        assertThat(engine.requests().to("/sso/oauth/token")).isEqualTo(1);
    }

    @Test
    void aUserWithoutItsProfileIsTold() {
        try (Ovirt ovirt = connect(engine.url(), "admin", "secret")) {
            assertThatThrownBy(() -> ovirt.vms().list().get()).hasMessageContaining("as admin@internal");
        }
    }

    @Test
    void theUrlMayLackWhatIsAlwaysTheSame() {
        String host = engine.url().replace("/ovirt-engine/api", "");
        for (String url : new String[] {host, host + "/", host + "/ovirt-engine", engine.url() + "/"}) {
            try (Ovirt ovirt = connect(url)) {
                assertThat(ovirt.vms().list().get()).hasSize(3);
            }
        }
    }

    @Test
    void aWrongUrlIsToldAsSuch() {
        String host = engine.url().replace("/ovirt-engine/api", "");
        assertThatThrownBy(() -> connect(host + "/cloud"))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'url' does not end as that of an engine's API");
        assertThatThrownBy(() -> connect("engine.example.com")).isInstanceOf(MusterException.Rejected.class);
        assertThatThrownBy(() -> connect("https://admin@engine.example.com"))
                .isInstanceOf(MusterException.Rejected.class);
        try (Ovirt ovirt = connect(host + "/elsewhere/api")) {
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOf(MusterException.Rejected.class)
                    .hasMessageContaining("HTTP 404")
                    .hasMessageContaining("is the URL that of the engine's API");
        }
    }

    @Test
    void aPageInHtmlInsteadOfATokenIsToldAsSuch() {
        engine.fail("/sso/oauth/token", Failure.HTML_OK);
        try (Ovirt ovirt = connect(engine.url())) {
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOf(MusterException.Undecodable.class)
                    .hasMessageContaining("HTML")
                    .hasMessageContaining("is the URL that of the engine's API");
            engine.heal();
            assertThat(ovirt.vms().list().get()).hasSize(3);
        }
    }

    @Test
    void anEngineThatNeverTakesATokenIsAskedForOneTwiceAtMost() {
        engine.fail("/vms", Failure.UNAUTHORIZED);
        try (Ovirt ovirt = connect(engine.url())) {
            assertThatThrownBy(() -> ovirt.vms().list().get()).isInstanceOf(MusterException.Denied.class);
        }
        assertThat(engine.tokensIssued()).isEqualTo(2);
    }

    @Test
    void aDeadEngineIsUnreachableAndClosingDoesNotWaitForIt() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Ovirt ovirt = connect("http://127.0.0.1:" + port + "/ovirt-engine/api")) {
            assertThatThrownBy(() -> ovirt.vms().list().get()).isInstanceOf(MusterException.Unreachable.class);
        }
        Ovirt ovirt = connect(engine.url());
        ovirt.vms().list().get();
        engine.fail("/services/sso-logout", Failure.STALL);
        ovirt.close();
        Ovirt other = connect(engine.url());
        other.vms().list().get();
        engine.close();
        other.close();
    }

    @Test
    void negotiatesInsteadOfSendingAPasswordAndAgainWhenTheTokenHasEnded() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Negotiation kerberos = host -> {
            asked.add(host);
            return "admin@internal:secret".getBytes(StandardCharsets.UTF_8);
        };
        try (Ovirt ovirt = Ovirt.at(engine.url()).negotiation(kerberos).connect()) {
            assertThat(ovirt.vms().list().get()).hasSize(3);
            assertThat(ovirt.hosts().list().get()).isNotEmpty();
            assertThat(asked).containsExactly("127.0.0.1");
            engine.expireTokens();
            assertThat(ovirt.vms().list().get()).hasSize(3);
            assertThat(asked).hasSize(2);
        }
        assertThat(engine.requests().to("/sso/oauth/token")).isZero();
        assertThat(engine.requests().to("/sso/oauth/token-http-auth")).isEqualTo(2);
        assertThat(engine.requests().to("/services/sso-logout")).isEqualTo(1);
    }

    @Test
    void aTicketThatIsNotTakenOrNotThereIsDeniedWithoutBeingShown() {
        try (Ovirt ovirt = Ovirt.at(engine.url())
                .negotiation(host -> "somebody:else".getBytes(StandardCharsets.UTF_8))
                .connect()) {
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("check the Kerberos ticket")
                    .hasMessageNotContaining("else")
                    .hasMessageNotContaining("c29tZWJvZHk6ZWxzZQ==");
        }
        try (Ovirt ovirt = Ovirt.at(engine.url())
                .negotiation(host -> {
                    throw new IOException("the ticket cache is empty");
                })
                .connect()) {
            assertThatThrownBy(() -> ovirt.vms().list().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("the ticket cache is empty");
        }
        assertThat(engine.requests().to("/sso/oauth/token-http-auth")).isEqualTo(1);
    }

    @Test
    void aDenialThatComesWithAStatusOfSuccessIsOne() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer old = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] said = "{\"error_code\":\"access_denied\",\"error\":\"Cannot authenticate user 'a@b'\"}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        old.start();
        try (Ovirt ovirt = connect("http://127.0.0.1:" + old.getAddress().getPort(), "a@b", "wrong")) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ovirt.vms().list().get())
                        .isInstanceOf(MusterException.Denied.class)
                        .hasMessageContaining("Cannot authenticate user 'a@b'")
                        .hasMessageContaining("check username and password");
            }
        } finally {
            old.stop(0);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void settingsThatAreMissingAreNamed() {
        assertThatThrownBy(() -> Ovirt.connect(
                        Settings.of("lab", "ovirt", "clouds.yaml", Map.of("url", engine.url(), "username", "a@b"))))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessage("cloud 'lab': setting 'password' is missing (clouds.yaml)");
    }
}
