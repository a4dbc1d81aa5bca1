package dev.muster.core;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import dev.muster.http.Proxies;
import dev.muster.http.TlsProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to connect to one cloud. Values are strings, numbers, booleans or maps of such, as YAML gives them; a
 * dotted key reaches into maps. {@link #toString()} shows no value.
 *
 * @param name the name the user gave the cloud
 * @param type which {@link CloudProvider} connects it
 * @param source where it was found, for messages: a file and a key, or a set of variables
 * @param values the settings themselves
 * @param events told of what the wire does; null where nobody listens
 */
public record Settings(
        String name,
        String type,
        String source,
        Map<String, Object> values,
        @Nullable Consumer<? super HttpEvent> events) {
    /** Numbers that are no numbers of requests or of seconds are none. */
    private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,8}) ?(?:/ ?([1-9]\\d{0,5})?(s|min|h))?");

    /** Nobody notices that an answer takes so long. */
    private static final Duration HEDGE_FLOOR = Duration.ofMillis(20);

    public static Settings of(String name, String type, String source, Map<String, ?> values) {
        return new Settings(name, type, source, new LinkedHashMap<>(values), null);
    }

    /** The same with one value set, or set otherwise. The key is not dotted. */
    public Settings with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Settings(name, type, source, more, events);
    }

    /** The same with somebody listening to the wire. */
    public Settings listening(Consumer<? super HttpEvent> listener) {
        return new Settings(name, type, source, values, listener);
    }

    /**
     * The same with the proxies that the environment asks for, unless these settings say something of proxies themselves:
     * {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code no_proxy}, or in capitals where these are unset. What
     * runs on this machine is always reached without.
     */
    public Settings proxiedBy(Environment environment) {
        if (text("proxy") != null || text("http_proxy") != null || text("https_proxy") != null) {
            return this;
        }
        Settings proxied = this;
        for (String scheme : List.of("http_proxy", "https_proxy")) {
            String proxy = eitherCase(environment, scheme);
            proxy = proxy == null ? eitherCase(environment, "all_proxy") : proxy;
            proxied = proxy == null ? proxied : proxied.with(scheme, proxy);
        }
        String except = eitherCase(environment, "no_proxy");
        return proxied.equals(this)
                ? this
                : proxied.with("no_proxy", (except == null ? "" : except + ",") + "localhost,127.0.0.0/8,::1");
    }

    private static @Nullable String eitherCase(Environment environment, String name) {
        String lower = environment.variable(name);
        return lower == null ? environment.variable(name.toUpperCase(Locale.ROOT)) : lower;
    }

    /** A setting as text; null where it is absent or empty. */
    public @Nullable String text(String key) {
        Object value = find(key);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    /** A setting that must be there. */
    public String required(String key) {
        String value = text(key);
        if (value == null) {
            throw wrong(key, "is missing");
        }
        return value;
    }

    /** A setting that is true or false; {@code otherwise} where it is absent. */
    public boolean flag(String key, boolean otherwise) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw wrong(key, "must be true or false");
        };
    }

    /** A setting that is a whole number from 1 up; {@code otherwise} where it is absent. */
    public int count(String key, int otherwise) {
        return count(key, otherwise, 1);
    }

    private int count(String key, int otherwise, int least) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int count = Integer.parseInt(value);
            if (count >= least) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a whole number from " + least + " up");
        }
        throw wrong(key, "must be a whole number from " + least + " up");
    }

    /** A failure that names this setting and where it came from, never its value. */
    public MusterException wrong(String key, String what) {
        return new MusterException.Rejected(
                null, "cloud '" + name + "': setting '" + key + "' " + what + " (" + source + ")");
    }

    /**
     * A client as the common settings want it: {@code connections} (as many as are of use), {@code pipeline} (1), {@code ca_file} or
     * {@code cacert}, {@code verify} (true), {@code tls} ({@code jdk}), the {@linkplain TlsProvider#name name} of a provider that is
     * there; {@code timeout} in seconds for one answer (120), {@code retries} of what is turned away (3); {@code rate}, the published limit, as {@code 50} or {@code 50/s}, {@code 600/min}, {@code 100/10s}, {@code 5000/h}
     * (any number), which is kept to with a margin of a fiftieth; {@code hedge} (false), whether slow requests are asked a second time, and
     * {@code single_flight} (false), whether equal ones share an answer: {@link HttpClient.Builder#hedge}, {@link
     * HttpClient.Builder#singleFlight}; {@code cert} and {@code key}, PEM files by which the client shows who it is (one file may hold both), or
     * {@code cert} of PKCS#12 and its {@code cert_password}; {@code proxy}, or {@code http_proxy} and {@code https_proxy}, as
     * {@code http://user:password@host:port}, and {@code no_proxy}: {@link Proxies#of}.
     *
     * @param faults tells what this cloud turns away by other means than 429 and 503
     * @throws MusterException.Rejected if one of them is wrong
     */
    public HttpClient http(FaultReader faults) {
        HttpClient.Builder http = HttpClient.builder()
                .throttle(faults::throttles)
                .pipeline(count("pipeline", 1))
                .retries(count("retries", 3, 0))
                .responseTimeout(Duration.ofSeconds(count("timeout", 120)));
        if (text("connections") != null) {
            http.connections(count("connections", 1));
        }
        rate(http);
        if (flag("hedge", false)) {
            http.hedge(HEDGE_FLOOR);
        }
        if (flag("single_flight", false)) {
            http.singleFlight();
        }
        String caFile = text("ca_file") == null ? text("cacert") : text("ca_file");
        if (caFile != null) {
            http.caFile(Path.of(caFile));
        }
        if (!flag("verify", true)) {
            http.insecure();
        }
        if (events != null) {
            http.events(events);
        }
        String tls = text("tls");
        if (tls != null && !tls.equals("jdk")) {
            http.tls(tls(tls));
        }
        http.proxies(proxies());
        try {
            showWho(http);
            return http.build();
        } catch (IllegalArgumentException e) {
            throw new MusterException.Rejected(
                    null, "cloud '" + name + "': " + e.getMessage() + " (" + source + ")", e);
        }
    }

    private TlsProvider tls(String wanted) {
        Set<String> names = new TreeSet<>(Set.of("jdk"));
        for (TlsProvider found : ServiceLoader.load(TlsProvider.class)) {
            if (found.name().equals(wanted)) {
                return found;
            }
            if (!found.name().isEmpty()) {
                names.add(found.name());
            }
        }
        throw wrong("tls", "must be one of " + names + "; openssl is there where the library muster-openssl is");
    }

    private void rate(HttpClient.Builder http) {
        String value = text("rate");
        if (value == null) {
            return;
        }
        Matcher rate = RATE.matcher(value);
        if (!rate.matches()) {
            throw wrong("rate", "must be requests per time, as 50/s, 600/min, 100/10s or 5000/h");
        }
        int times = rate.group(2) == null || rate.group(2).isEmpty() ? 1 : Integer.parseInt(rate.group(2));
        Duration unit = switch (rate.group(3)) {
            case "min" -> Duration.ofMinutes(times);
            case "h" -> Duration.ofHours(times);
            case null, default -> Duration.ofSeconds(times);
        };
        // What leaves a time apart may arrive in less.
        http.rate(Integer.parseInt(rate.group(1)), unit.plus(unit.dividedBy(50)));
    }

    private void showWho(HttpClient.Builder http) {
        String certificate = text("cert");
        String password = text("cert_password");
        String key = text("key");
        if (certificate == null && key != null) {
            throw wrong("cert", "is missing, for which there is a key");
        }
        if (certificate == null) {
            return;
        }
        if (password == null) {
            http.clientCertificate(Path.of(certificate), Path.of(key == null ? certificate : key));
        } else {
            http.clientCertificate(Path.of(certificate), password.toCharArray());
        }
    }

    private Proxies proxies() {
        String except = text("no_proxy");
        return Proxies.of(proxy("http_proxy"), proxy("https_proxy"), except == null ? "" : except);
    }

    /** A proxy as people write it: often without the scheme. */
    private @Nullable URI proxy(String own) {
        String key = text(own) == null ? "proxy" : own;
        String value = text(key);
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            Proxies.all(uri);
            return uri;
        } catch (URISyntaxException | IllegalArgumentException e) {
            // What it says may hold the password.
            throw wrong(
                    key, "must be http://host:port or http://user:password@host:port; other proxies are not supported");
        }
    }

    private @Nullable Object find(String key) {
        Object whole = values.get(key);
        if (whole != null) {
            return whole;
        }
        Object at = values;
        for (String part : key.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at;
    }

    @Override
    public String toString() {
        return "Settings[" + name + ", " + type + ", from " + source + ", " + values.keySet() + "]";
    }
}
