package dev.muster.sim.ovirt;

import dev.muster.sim.SimCloud.Login;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine's single sign-on, and the few pages beside the API. */
final class Sso {
    private static final String JSON = "application/json";
    private static final String NEGOTIATE = "Negotiate ";

    private final Login login;
    private final Tokens tokens;

    Sso(Login login, Tokens tokens) {
        this.login = login;
        this.tokens = tokens;
    }

    boolean holds(String token) {
        return tokens.use(token);
    }

    /** Whether these are credentials in the form that Basic authentication sends. */
    boolean accepts(String userAndPassword) {
        return userAndPassword.equals(login.user() + ":" + login.password());
    }

    SimReply answer(SimRequest request) {
        return switch (request.path()) {
            case "/ovirt-engine/sso/oauth/token" -> token(request);
            case "/ovirt-engine/sso/oauth/token-http-auth" -> negotiated(request);
            case "/ovirt-engine/services/sso-logout", "/ovirt-engine/sso/oauth/revoke" -> {
                tokens.revoke(SimRequest.first(request.form(), "token"));
                yield SimReply.of(200, JSON, "{}");
            }
            case "/ovirt-engine/services/health" -> SimReply.of(200, "text/plain", "DB Up!Welcome to Health Status!");
            default -> SimReply.html(404, "Not Found");
        };
    }

    private SimReply token(SimRequest request) {
        SimReply refused = refused(request, "password");
        if (refused != null) {
            return refused;
        }
        Map<String, List<String>> form = form(request);
        String user = SimRequest.first(form, "username");
        if (!accepts(user + ":" + SimRequest.first(form, "password"))) {
            return error(
                    "access_denied",
                    "Cannot authenticate user '" + user + "': The user name or password is incorrect.");
        }
        return issued(form);
    }

    /**
     * A log-in by what a web server has let in, as it does with Kerberos. There is no such server here: a ticket is the user
     * and the password, as Basic authentication would send them.
     */
    private SimReply negotiated(SimRequest request) {
        String authorization = String.valueOf(request.header("Authorization"));
        if (!authorization.startsWith(NEGOTIATE) || !accepts(decoded(authorization.substring(NEGOTIATE.length())))) {
            return SimReply.html(401, "Unauthorized").with("WWW-Authenticate", "Negotiate");
        }
        SimReply refused = refused(request, "urn:ovirt:params:oauth:grant-type:http");
        return refused == null ? issued(form(request)) : refused;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Map<String, List<String>> form(SimRequest request) {
        return request.method().equals("POST") ? request.form() : request.query();
    }

    /** Why no token is given, whoever asks; null = nothing is wrong. */
    private static @Nullable SimReply refused(SimRequest request, String grantType) {
        // The engine compares the header as a text: a list that contains the type is refused.
        if (!JSON.equals(request.header("Accept"))) {
            return error("invalid_request", "Client accept header is not application/json");
        }
        if (SimRequest.first(form(request), "scope") == null) {
            return error("invalid_request", "The required parameter scope is missing.");
        }
        return grantType.equals(SimRequest.first(form(request), "grant_type"))
                ? null
                : error("unsupported_grant_type", "The grant type is not supported.");
    }

    private SimReply issued(Map<String, List<String>> form) {
        String scope = SimRequest.first(form, "scope");
        String issued = tokens.issue("", 86);
        // The engine never says when a token ends: what it gives as that is the largest number there is.
        return SimReply.of(
                200,
                JSON,
                "{\"access_token\":\"" + issued + "\",\"scope\":\"" + quotable(scope) + "\",\"exp\":\"" + Long.MAX_VALUE
                        + "\",\"token_type\":\"bearer\"}");
    }

    private static SimReply error(String code, String message) {
        return SimReply.of(400, JSON, "{\"error_code\":\"" + code + "\",\"error\":\"" + quotable(message) + "\"}");
    }

    private static String quotable(@Nullable String text) {
        return String.valueOf(text).replaceAll("[\\\\\"\\p{Cntrl}]", "_");
    }
}
