package dev.muster.ovirt;

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
import dev.muster.core.Traffic;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The engine's single sign-on: a token for a password or by negotiation, and back. */
final class LogIn {
    private static final String API = "/api";
    private static final String ENGINE = "/ovirt-engine";
    private static final String BEARER = "Bearer ";
    private static final String NEGOTIATE = "Negotiate ";
    private static final String TOKEN = "/sso/oauth/token";
    private static final String HTTP_AUTH = TOKEN + "-http-auth";
    private static final String DENIED = "access_denied";

    private final Settings settings;
    private final URI api;
    private final Map<String, String> form = new LinkedHashMap<>();
    private final Endpoint anonymous;
    private final @Nullable Negotiation negotiation;

    /**
     * Sends nothing yet.
     *
     * @param negotiation proves who we are; null = username and password do
     * @throws MusterException.Rejected if a setting is missing or wrong
     */
    LogIn(Settings settings, HttpClient http, Traffic traffic, @Nullable Negotiation negotiation) {
        this.settings = settings;
        this.api = api(settings);
        this.negotiation = negotiation;
        form.put("grant_type", negotiation == null ? "password" : "urn:ovirt:params:oauth:grant-type:http");
        form.put("scope", "ovirt-app-api");
        if (negotiation == null) {
            form.put("username", settings.required("username"));
            form.put("password", settings.required("password"));
        }
        String engine = api.toString().substring(0, api.toString().length() - API.length());
        Session nobody = Session.fixed(new Grant(Headers.none(), Map.of("", URI.create(engine)), null));
        this.anonymous = new Endpoint(settings.name(), Endpoint.Wire.of(http), nobody, new OvirtFaults(), traffic);
    }

    /** Asks for a token. The engine never says when it ends: a service's 401 does. */
    CompletionStage<Grant> in() {
        Negotiation how = negotiation;
        Call<Grant> call = how == null
                ? token(request(TOKEN))
                : Call.composed(() -> ticket(how))
                        .then(ticket -> token(request(HTTP_AUTH).header("Authorization", NEGOTIATE + ticket)));
        return call.start().exceptionally(failure -> {
            throw advised(failure);
        });
    }

    private ApiRequest request(String path) {
        // The engine compares this header as a text: any other, however equal, is refused.
        return ApiRequest.of("POST", "", path)
                .header("Accept", "application/json")
                .form(form);
    }

    private Call<Grant> token(ApiRequest request) {
        return anonymous.call(request, ResponseReader.json(this::grant));
    }

    private String ticket(Negotiation how) {
        try {
            return Base64.getEncoder().encodeToString(how.token(String.valueOf(api.getHost())));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new MusterException.Denied(null, "no token to negotiate with: " + e.getMessage());
        }
    }

    /** Gives a token back. */
    CompletionStage<?> out(Grant grant) {
        String bearer = String.valueOf(grant.headers().first("Authorization"));
        return anonymous
                .call(
                        ApiRequest.of("POST", "", "/services/sso-logout")
                                .header("Accept", "application/json")
                                .form(Map.of("scope", "ovirt-app-api", "token", bearer.substring(BEARER.length()))),
                        ResponseReader.nothing())
                .start();
    }

    /** An object, which some engines put into a list. */
    private Grant grant(JsonReader in) {
        boolean listed = in.atArray() && in.beginArray() && in.nextElement();
        String token = token(in);
        if (listed && in.nextElement()) {
            throw new MusterException.Undecodable(null, "the answer has several tokens", null);
        }
        return new Grant(Headers.of("Authorization", BEARER + token).and("Version", "4"), Map.of("", api), null);
    }

    /** Old engines refuse with a status of success, at which their own clients do not look. */
    private static String token(JsonReader in) {
        String token = null;
        String code = null;
        String error = null;
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "access_token" -> token = in.text();
                case "error_code" -> code = in.text();
                case "error" -> error = in.text();
                default -> in.skip();
            }
        }
        if (token == null && DENIED.equals(code)) {
            throw new MusterException.Denied(null, code + ": " + error);
        }
        if (token == null) {
            throw new MusterException.Undecodable(
                    null,
                    "the answer has no access_token" + (code == null ? "" : ", but " + code + ": " + error),
                    null);
        }
        return token;
    }

    /** The same failure, with the settings that may be its cause. */
    private RuntimeException advised(Throwable wrapped) {
        Throwable failure =
                wrapped instanceof CompletionException && wrapped.getCause() != null ? wrapped.getCause() : wrapped;
        Place place = new Place(settings.name(), "POST " + (negotiation == null ? TOKEN : HTTP_AUTH));
        String source = " (" + settings.source() + ")";
        String isUrl = "; is the URL that of the engine's API, as https://host/ovirt-engine/api?" + source;
        String check = negotiation == null
                ? "; check username and password" + profile()
                : "; check the Kerberos ticket, and that the engine takes such";
        return switch (failure) {
            case MusterException.Rejected e
            when said(e, "HTTP 400: " + DENIED) -> new MusterException.Denied(place, e.getMessage() + check + source);
            case MusterException.Denied e -> new MusterException.Denied(place, e.getMessage() + check + source);
            case MusterException.Rejected e
            when !said(e, "HTTP 400") -> new MusterException.Rejected(place, e.getMessage() + isUrl, e);
            case MusterException.Undecodable e -> new MusterException.Undecodable(place, e.getMessage() + isUrl, e);
            case MusterException.Unreachable e ->
                new MusterException.Unreachable(place, e.getMessage() + "; check the URL" + source, e);
            case RuntimeException e -> e;
            default -> new MusterException.Bug(place, "unexpected: " + failure, failure);
        };
    }

    private String profile() {
        return String.valueOf(form.get("username")).contains("@") ? "" : ", which needs its profile, as admin@internal";
    }

    private static boolean said(MusterException failure, String start) {
        return String.valueOf(failure.getMessage()).startsWith(start);
    }

    /** The API's URL, whether the setting has the whole of it, the engine's part, or the host alone. */
    private static URI api(Settings settings) {
        String url = settings.required("url").replaceFirst("/+$", "");
        try {
            URI uri = URI.create(url);
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            String path = uri.getRawPath();
            if (!plain
                    || path == null
                    || uri.getHost() == null
                    || !String.valueOf(uri.getScheme()).matches("https?")) {
                throw settings.wrong("url", "is no http or https URL of an engine's API");
            }
            if (path.endsWith(API)) {
                return uri;
            }
            if (path.isEmpty() || path.endsWith(ENGINE)) {
                return URI.create(url + (path.isEmpty() ? ENGINE : "") + API);
            }
        } catch (IllegalArgumentException e) {
            throw settings.wrong("url", "is no http or https URL of an engine's API");
        }
        throw settings.wrong("url", "does not end as that of an engine's API, which is " + ENGINE + API);
    }
}
