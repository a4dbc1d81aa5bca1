package dev.muster.sim.ovirt;

import dev.muster.sim.SimCloud.Login;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.Tokens;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine's single sign-on, and the few pages beside the API. */
final class Sso {
    private static final String JSON = "application/json";

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
            case "/ovirt-engine/services/sso-logout", "/ovirt-engine/sso/oauth/revoke" -> {
                tokens.revoke(SimRequest.first(request.form(), "token"));
                yield SimReply.of(200, JSON, "{}");
            }
            case "/ovirt-engine/services/health" -> SimReply.of(200, "text/plain", "DB Up!Welcome to Health Status!");
            default -> SimReply.html(404, "Not Found");
        };
    }

    private SimReply token(SimRequest request) {
        Map<String, List<String>> form = request.method().equals("POST") ? request.form() : request.query();
        // The engine compares the header as a text: a list that contains the type is refused.
        if (!JSON.equals(request.header("Accept"))) {
            return error("invalid_request", "Client accept header is not application/json");
        }
        String scope = SimRequest.first(form, "scope");
        if (scope == null) {
            return error("invalid_request", "The required parameter scope is missing.");
        }
        if (!"password".equals(SimRequest.first(form, "grant_type"))) {
            return error("unsupported_grant_type", "The grant type is not supported.");
        }
        String user = SimRequest.first(form, "username");
        if (!accepts(user + ":" + SimRequest.first(form, "password"))) {
            return error(
                    "access_denied",
                    "Cannot authenticate user '" + user + "': The user name or password is incorrect.");
        }
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
