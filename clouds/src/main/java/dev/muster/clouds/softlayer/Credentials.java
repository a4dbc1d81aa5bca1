package dev.muster.clouds.softlayer;

import dev.muster.core.Session;
import dev.muster.core.Settings;
import dev.muster.http.Headers;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the service is, and who asks: a user with an API key, a key of IBM Cloud, or a token of its IAM. */
record Credentials(URI endpoint, String authorization) {
    private static final String PUBLIC = "https://api.softlayer.com/rest/v3.1";

    /**
     * What the settings say.
     *
     * @throws dev.muster.core.MusterException.Rejected if they do not say who asks, or say it twice
     */
    static Credentials of(Settings settings) {
        String token = settings.text("token");
        String ibmCloud = settings.text("ibmcloud_api_key");
        String key = settings.text("api_key");
        if ((token == null ? 0 : 1) + (ibmCloud == null ? 0 : 1) + (key == null ? 0 : 1) > 1) {
            throw settings.wrong(
                    "api_key", "is one of three ways to log in; give one of api_key, ibmcloud_api_key, token");
        }
        String authorization;
        if (token != null) {
            authorization = "Bearer " + visible(settings, "token", token);
        } else if (ibmCloud != null) {
            authorization = basic("apikey", ibmCloud);
        } else {
            authorization = basic(settings.required("username"), settings.required("api_key"));
        }
        return new Credentials(endpoint(settings, settings.text("endpoint_url")), authorization);
    }

    private static String visible(Settings settings, String name, String value) {
        if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw settings.wrong(name, "holds characters that no header can carry");
        }
        return value;
    }

    private static String basic(String user, String key) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + key).getBytes(StandardCharsets.UTF_8));
    }

    /** The REST endpoint; what is configured for slcli mostly names that of XML-RPC, which is beside it. */
    private static URI endpoint(Settings settings, @Nullable String told) {
        String url = told == null ? PUBLIC : told.strip().replaceFirst("/+$", "");
        url = url.replaceFirst("/(xmlrpc|soap)/(v3(?:\\.1)?)$", "/rest/$2");
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawQuery() != null || uri.getUserInfo() != null) {
                throw settings.wrong("endpoint_url", "is no address as " + PUBLIC);
            }
            if (!uri.getPath().contains("/rest/")) {
                throw settings.wrong("endpoint_url", "names no REST endpoint; it ends in /rest/v3.1, as " + PUBLIC);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw settings.wrong("endpoint_url", "is no address as " + PUBLIC);
        }
    }

    /** A key does not change, and a token cannot be renewed from here. */
    Session session() {
        return Session.fixed(new Session.Grant(Headers.of("Authorization", authorization), Map.of("", endpoint), null));
    }

    @Override
    public String toString() {
        return "Credentials[" + endpoint + "]";
    }
}
