package dev.muster.ovirt;

import dev.muster.core.Cloud;
import dev.muster.core.Endpoint;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import dev.muster.core.TokenSession;
import dev.muster.core.Traffic;
import dev.muster.http.HttpClient;
import dev.muster.ovirt.services.SystemService;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An oVirt engine: its services, from {@link #vms()} to {@link #events()}, and its tables.
 *
 * <p>Connecting sends nothing; the first call logs in, and all calls share that log-in. Thread-safe and cheap to share.
 */
public final class Ovirt extends SystemService implements Cloud {
    /** How long closing waits for the engine to end the session: a program must end, with an engine that is down too. */
    private static final int GOODBYE_SECONDS = 3;

    private final Settings settings;
    private final HttpClient http;
    private final TokenSession session;

    private Ovirt(Settings settings, HttpClient http, TokenSession session, Endpoint endpoint) {
        super(endpoint);
        this.settings = settings;
        this.http = http;
        this.session = session;
    }

    /** Starts to connect to the engine whose API is at this URL, as {@code https://host/ovirt-engine/api}. */
    public static Builder at(String url) {
        return new Builder(url);
    }

    /**
     * Connects by settings: {@code url}, {@code username}, {@code password}, {@code ca_file}, {@code insecure} or {@code
     * verify}, and the other settings of {@link Settings#http(dev.muster.core.FaultReader)}. Sends nothing yet.
     *
     * @throws dev.muster.core.MusterException.Rejected if a setting is missing or wrong, saying which and where
     */
    public static Ovirt connect(Settings settings) {
        return connect(settings, null);
    }

    private static Ovirt connect(Settings settings, @Nullable Negotiation negotiation) {
        HttpClient http =
                (settings.flag("insecure", false) ? settings.with("verify", false) : settings).http(new OvirtFaults());
        try {
            Traffic traffic = new Traffic();
            LogIn logIn = new LogIn(settings, http, traffic, negotiation);
            TokenSession session = new TokenSession(logIn::in, logIn::out);
            return new Ovirt(
                    settings,
                    http,
                    session,
                    new Endpoint(
                            settings.name(), new XmlWire(Endpoint.Wire.of(http)), session, new OvirtFaults(), traffic));
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return OvirtProvider.TYPE;
    }

    @Override
    public List<Table> tables() {
        return OvirtProvider.TABLES;
    }

    @Override
    public void close() {
        try {
            session.end().toCompletableFuture().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The engine ends the session by itself after a while.
        } finally {
            http.close();
        }
    }

    @Override
    public String toString() {
        return "Ovirt[" + settings.name() + "]";
    }

    /** What is needed to connect. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Object> values = new LinkedHashMap<>();
        private @Nullable Negotiation negotiation;

        private Builder(String url) {
            values.put("url", url);
        }

        /** The user with its profile, as {@code admin@internal}. */
        public Builder username(String name) {
            return set("username", name);
        }

        public Builder password(String password) {
            return set("password", password);
        }

        /** Who we are without a password, as by Kerberos; username and password are not asked for then. */
        public Builder negotiation(Negotiation how) {
            this.negotiation = how;
            return this;
        }

        /** The certificate (PEM) of the authority to trust instead of the JDK's. */
        public Builder caFile(Path pem) {
            return set("ca_file", pem.toString());
        }

        /** Trusts any certificate, so that anybody on the way can read along. */
        public Builder insecure() {
            return set("insecure", true);
        }

        /** The most connections at once. */
        public Builder connections(int most) {
            return set("connections", most);
        }

        /** The most requests unanswered on one connection; only those that may safely be sent twice. */
        public Builder pipeline(int most) {
            return set("pipeline", most);
        }

        private Builder set(String key, Object value) {
            values.put(key, value);
            return this;
        }

        /**
         * Connects; sends nothing yet.
         *
         * @throws dev.muster.core.MusterException.Rejected if something is missing or wrong
         */
        public Ovirt connect() {
            return Ovirt.connect(Settings.of("ovirt", OvirtProvider.TYPE, "the program", values), negotiation);
        }
    }
}
