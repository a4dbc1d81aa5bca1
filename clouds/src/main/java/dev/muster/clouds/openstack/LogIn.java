package dev.muster.clouds.openstack;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.MusterException.Place;
import dev.muster.core.ResponseReader;
import dev.muster.core.Session;
import dev.muster.core.Session.Grant;
import dev.muster.core.Settings;
import dev.muster.core.Tenancy;
import dev.muster.core.Traffic;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpResponse;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The log-in at Keystone: a token, and from its catalog the base of each service. */
final class LogIn {
    private static final System.Logger LOG = System.getLogger(LogIn.class.getName());
    private static final String IDENTITY = "identity";

    private final Settings settings;
    private final Credentials credentials;
    private final URI keystone;
    private final Map<String, URI> overrides;
    private final Endpoint anonymous;
    private volatile Tenancy tenancy;

    /**
     * Sends nothing yet.
     *
     * @throws MusterException.Rejected if a setting is missing or wrong
     */
    LogIn(Settings settings, HttpClient http, Traffic traffic) {
        this.settings = settings;
        this.keystone = keystone(settings);
        this.credentials = Credentials.of(settings);
        this.overrides = overrides(settings);
        Catalog.face(settings);
        this.tenancy =
                new Tenancy(Credentials.auth(settings, "project_name", "tenant_name"), settings.text("region_name"));
        Session nobody = Session.fixed(new Grant(Headers.none(), Map.of(IDENTITY, keystone), null));
        this.anonymous = new Endpoint(settings.name(), Endpoint.Wire.of(http), nobody, new OpenStackFaults(), traffic);
    }

    /** Logs in; fails with advice on what to look at. */
    CompletionStage<Grant> send() {
        Call<Grant> call = anonymous.call(
                ApiRequest.of("POST", IDENTITY, "/auth/tokens")
                        .header("Accept", "application/json")
                        .json(credentials.body()),
                this::grant);
        return call.start().exceptionally(failure -> {
            throw advised(failure);
        });
    }

    /** As settings tell it, until a token has told. */
    Tenancy tenancy() {
        return tenancy;
    }

    private Grant grant(HttpResponse response) {
        String secret = response.headers().first("X-Subject-Token");
        if (secret == null) {
            throw new MusterException.Undecodable(null, "the answer has no X-Subject-Token", null);
        }
        Token token = ResponseReader.json(LogIn::token).read(response);
        Map<String, URI> services = new LinkedHashMap<>(token.catalog().services(settings));
        services.put(IDENTITY, keystone);
        services.putAll(overrides);
        if (!token.scoped() && overrides.isEmpty()) {
            throw settings.wrong(
                    "auth.project_name",
                    "is missing, and the user has no default project: without one the catalog is empty");
        }
        Tenancy told = new Tenancy(token.project(), token.catalog().region(settings));
        tenancy = told;
        return new Grant(Headers.of("X-Auth-Token", secret), services, token.expires(), scope(told));
    }

    private String scope(Tenancy told) {
        return (told.region() == null ? "" : "region " + told.region() + ", ")
                + "interface " + Catalog.face(settings)
                + (told.project() == null ? "" : ", project " + told.project());
    }

    /**
     * What Keystone says of a token, which itself stands in a header.
     *
     * @param project name of the project it is for; null where it is for none
     * @param scoped whether it is for a project, a domain or the system: else it opens nothing
     */
    private record Token(
            @Nullable Instant expires, @Nullable String project, boolean scoped, Catalog catalog) {}

    private static Token token(JsonReader in) {
        Token token = new Token(null, null, false, Catalog.none());
        String name;
        boolean found = false;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            if (name.equals("token")) {
                token = tokenBody(in);
                found = true;
            } else {
                in.skip();
            }
        }
        if (!found) {
            throw new MusterException.Undecodable(null, "the answer has no token", null);
        }
        return token;
    }

    private static Token tokenBody(JsonReader in) {
        Instant expires = null;
        String project = null;
        boolean scoped = false;
        Catalog catalog = Catalog.none();
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "expires_at" -> expires = in.time();
                case "catalog" -> catalog = Catalog.read(in);
                case "project" -> {
                    scoped = true;
                    project = Fields.named(in);
                }
                case "domain", "system" -> {
                    scoped = true;
                    in.skip();
                }
                default -> in.skip();
            }
        }
        return new Token(expires, project, scoped, catalog);
    }

    /** The same failure, with the settings that may be its cause. */
    private RuntimeException advised(Throwable wrapped) {
        Throwable failure =
                wrapped instanceof CompletionException && wrapped.getCause() != null ? wrapped.getCause() : wrapped;
        Place place = new Place(settings.name(), "POST /auth/tokens");
        String advice = " (" + settings.source() + ")";
        return switch (failure) {
            case MusterException.Denied e ->
                new MusterException.Denied(place, e.getMessage() + "; " + credentials.advice() + advice);
            case MusterException.Unreachable e ->
                new MusterException.Unreachable(place, e.getMessage() + "; check auth.auth_url" + advice, e);
            case MusterException.Undecodable e ->
                new MusterException.Undecodable(
                        place, e.getMessage() + "; is auth.auth_url that of Keystone v3?" + advice, e);
            case MusterException.Rejected e
            when said(e, "HTTP 404") || said(e, "HTTP 405") || said(e, "HTTP 3") ->
                new MusterException.Rejected(
                        place, e.getMessage() + "; is auth.auth_url that of Keystone v3?" + advice, e);
            case RuntimeException e -> e;
            default -> new MusterException.Bug(place, "unexpected: " + failure, failure);
        };
    }

    private static boolean said(MusterException failure, String start) {
        return String.valueOf(failure.getMessage()).startsWith(start);
    }

    /** The base of Keystone's v3 API, whether the setting has the version or not. */
    private static URI keystone(Settings settings) {
        String url = Credentials.auth(settings, "auth_url");
        String profile = settings.text("profile") == null ? "cloud" : "profile";
        if (url != null && settings.text(profile) != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cloud ''{0}'': ''{1}'' is ignored, as Muster knows no vendors'' profiles ({2})",
                    settings.name(),
                    profile,
                    settings.source());
        }
        if (url == null) {
            if (settings.text(profile) != null) {
                throw settings.wrong(
                        profile,
                        "names a vendor's profile, and Muster knows none: give auth.auth_url and the rest here");
            }
            throw settings.wrong("auth.auth_url", "is missing");
        }
        String version = settings.text("identity_api_version");
        String plain = url.replaceFirst("/+$", "");
        if (plain.endsWith("/v2.0") || (version != null && !version.startsWith("3"))) {
            throw settings.wrong(
                    version == null ? "auth.auth_url" : "identity_api_version",
                    "asks for Identity v2.0, which no Keystone has had since 2018: leave the version out");
        }
        return valid(settings, "auth.auth_url", plain.endsWith("/v3") ? plain : plain + "/v3");
    }

    /** Services whose URL the settings give, whatever the catalog says. */
    private static Map<String, URI> overrides(Settings settings) {
        Map<String, URI> overrides = new LinkedHashMap<>();
        for (String type : new String[] {"compute", "image", "network", IDENTITY}) {
            String key = type + "_endpoint_override";
            String url = settings.text(key);
            if (url != null) {
                valid(settings, key, url);
                overrides.put(type, Catalog.base(type, url, key));
            }
        }
        return overrides;
    }

    private static URI valid(Settings settings, String key, String url) {
        try {
            URI uri = URI.create(url);
            boolean http = String.valueOf(uri.getScheme()).matches("(?i)https?");
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw settings.wrong(key, "is no http or https URL");
        }
        throw settings.wrong(key, "is no http or https URL");
    }
}
