package dev.muster.clouds.openstack;

import dev.muster.core.Json;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Who logs in, and for what: turns the {@code auth} settings of a cloud into the body of Keystone's {@code POST
 * /v3/auth/tokens}. Settings may stand below {@code auth} or beside it, as clouds.yaml and openrc have them.
 *
 * @see <a href="https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management">Identity API v3,
 *     authentication and token management</a>
 */
final class Credentials {
    private final Settings settings;
    private final Method method;

    private Credentials(Settings settings) {
        this.settings = settings;
        this.method = method(settings);
    }

    /** How we say who we are, and what to look at when that is denied. */
    private enum Method {
        PASSWORD("check auth.username, auth.password, the domains, and that the user has a role in the project"),
        APPLICATION_CREDENTIAL("check that the application credential is there, has not expired, and its secret"),
        TOKEN("check that auth.token has not expired and may be used for the project");

        private final String advice;

        Method(String advice) {
            this.advice = advice;
        }
    }

    /**
     * The credentials in these settings.
     *
     * @throws MusterException.Rejected if one is missing
     */
    static Credentials of(Settings settings) {
        Credentials credentials = new Credentials(settings);
        credentials.body();
        return credentials;
    }

    /** What to look at when Keystone says no. */
    String advice() {
        return method.advice;
    }

    /** The log-in's body: full of secrets. */
    byte[] body() {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeObjectPropertyStart("auth");
            out.writeObjectPropertyStart("identity");
            out.writeArrayPropertyStart("methods");
            switch (method) {
                case PASSWORD -> password(out);
                case APPLICATION_CREDENTIAL -> applicationCredential(out);
                case TOKEN -> token(out);
            }
            out.writeEndObject();
            if (method != Method.APPLICATION_CREDENTIAL) {
                scope(out);
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    private static Method method(Settings settings) {
        String type = settings.text("auth_type");
        if (type == null) {
            if (auth(settings, "application_credential_id", "application_credential_name") != null) {
                return Method.APPLICATION_CREDENTIAL;
            }
            boolean password = auth(settings, "password") != null;
            return !password && auth(settings, "token") != null ? Method.TOKEN : Method.PASSWORD;
        }
        return switch (type) {
            case "password", "v3password" -> Method.PASSWORD;
            case "v3applicationcredential" -> Method.APPLICATION_CREDENTIAL;
            case "token", "v3token" -> Method.TOKEN;
            default ->
                throw settings.wrong(
                        "auth_type", "is not one of password, v3password, v3applicationcredential, token, v3token");
        };
    }

    private void password(JsonGenerator out) {
        out.writeString("password");
        out.writeEndArray();
        out.writeObjectPropertyStart("password");
        out.writeObjectPropertyStart("user");
        String id = auth("user_id");
        if (id == null) {
            user(out);
        } else {
            out.writeStringProperty("id", id);
        }
        out.writeStringProperty("password", required("password"));
        out.writeEndObject();
        out.writeEndObject();
    }

    private void applicationCredential(JsonGenerator out) {
        out.writeString("application_credential");
        out.writeEndArray();
        out.writeObjectPropertyStart("application_credential");
        String id = auth("application_credential_id");
        if (id == null) {
            out.writeStringProperty("name", required("application_credential_name"));
            out.writeObjectPropertyStart("user");
            String user = auth("user_id");
            if (user == null) {
                user(out);
            } else {
                out.writeStringProperty("id", user);
            }
            out.writeEndObject();
        } else {
            out.writeStringProperty("id", id);
        }
        out.writeStringProperty("secret", required("application_credential_secret"));
        out.writeEndObject();
    }

    private void token(JsonGenerator out) {
        out.writeString("token");
        out.writeEndArray();
        out.writeObjectPropertyStart("token");
        out.writeStringProperty("id", required("token"));
        out.writeEndObject();
    }

    private void user(JsonGenerator out) {
        out.writeStringProperty("name", required("username", "user_name"));
        domain(out, "user_domain_id", "user_domain_name");
    }

    /** Project, domain or whole system; none, where Keystone takes the user's default project. */
    private void scope(JsonGenerator out) {
        String id = auth("project_id", "tenant_id");
        String name = auth("project_name", "tenant_name");
        String domain = auth("domain_id");
        String domainName = auth("domain_name");
        if (id != null || name != null) {
            out.writeObjectPropertyStart("scope");
            out.writeObjectPropertyStart("project");
            if (id != null) {
                out.writeStringProperty("id", id);
            } else {
                out.writeStringProperty("name", name);
                domain(out, "project_domain_id", "project_domain_name");
            }
            out.writeEndObject();
            out.writeEndObject();
        } else if (domain != null || domainName != null) {
            out.writeObjectPropertyStart("scope");
            out.writeObjectPropertyStart("domain");
            out.writeStringProperty(domain == null ? "name" : "id", domain == null ? domainName : domain);
            out.writeEndObject();
            out.writeEndObject();
        } else if (auth("system_scope") != null) {
            out.writeObjectPropertyStart("scope");
            out.writeObjectPropertyStart("system");
            out.writeBooleanProperty("all", true);
            out.writeEndObject();
            out.writeEndObject();
        }
    }

    /** The domain that a name belongs to; the one called default where nothing is said, as openstackclient has it. */
    private void domain(JsonGenerator out, String idKey, String nameKey) {
        String id = auth(idKey);
        String name = auth(nameKey);
        if (id == null && name == null) {
            id = auth("default_domain_id", "default_domain");
            name = auth("default_domain_name");
        }
        out.writeObjectPropertyStart("domain");
        if (id == null && name != null) {
            out.writeStringProperty("name", name);
        } else {
            out.writeStringProperty("id", id == null ? "default" : id);
        }
        out.writeEndObject();
    }

    private String required(String... keys) {
        String value = auth(keys);
        if (value == null) {
            throw settings.wrong("auth." + keys[0], "is missing");
        }
        return value;
    }

    private @Nullable String auth(String... keys) {
        return auth(settings, keys);
    }

    /** The first of these settings that is there, below {@code auth} or beside it. */
    static @Nullable String auth(Settings settings, String... keys) {
        for (String key : keys) {
            String below = settings.text("auth." + key);
            String value = below == null ? settings.text(key) : below;
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "Credentials[" + method + "]";
    }
}
