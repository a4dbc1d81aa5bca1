package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void passwordWithNamesOfUserProjectAndDomains() {
        assertThat(body(Map.of(
                        "auth",
                        Map.of(
                                "username", "demo",
                                "password", "s\"3",
                                "project_name", "shop",
                                "user_domain_name", "People",
                                "project_domain_id", "d1"))))
                .isEqualTo("""
                        {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"demo",\
                        "domain":{"name":"People"},"password":"s\\"3"}}},\
                        "scope":{"project":{"name":"shop","domain":{"id":"d1"}}}}}""");
    }

    @Test
    void idsNeedNoDomain() {
        assertThat(body(Map.of("auth", Map.of("user_id", "u1", "password", "p", "project_id", "p1"))))
                .contains("\"user\":{\"id\":\"u1\",\"password\":\"p\"}")
                .contains("\"scope\":{\"project\":{\"id\":\"p1\"}}");
    }

    @Test
    void namesAreOfTheDefaultDomainUnlessTold() {
        assertThat(body(Map.of("username", "demo", "password", "p", "project_name", "shop")))
                .contains("\"name\":\"demo\",\"domain\":{\"id\":\"default\"}")
                .contains("\"name\":\"shop\",\"domain\":{\"id\":\"default\"}");
        assertThat(body(Map.of("username", "demo", "password", "p", "default_domain_name", "People")))
                .contains("\"name\":\"demo\",\"domain\":{\"name\":\"People\"}");
    }

    @Test
    void withoutAProjectKeystoneChooses() {
        assertThat(body(Map.of("username", "demo", "password", "p"))).doesNotContain("scope");
    }

    @Test
    void domainAndSystemAreScopesToo() {
        assertThat(body(Map.of("username", "a", "password", "p", "domain_name", "People")))
                .contains("\"scope\":{\"domain\":{\"name\":\"People\"}}");
        assertThat(body(Map.of("username", "a", "password", "p", "system_scope", "all")))
                .contains("\"scope\":{\"system\":{\"all\":true}}");
    }

    @Test
    void anApplicationCredentialHasItsOwnScope() {
        assertThat(body(Map.of(
                        "auth_type",
                        "v3applicationcredential",
                        "auth",
                        Map.of(
                                "application_credential_id",
                                "c1",
                                "application_credential_secret",
                                "s",
                                "project_name",
                                "ignored"))))
                .isEqualTo("""
                        {"auth":{"identity":{"methods":["application_credential"],\
                        "application_credential":{"id":"c1","secret":"s"}}}}""");
        assertThat(body(Map.of(
                        "application_credential_name",
                        "robot",
                        "application_credential_secret",
                        "s",
                        "username",
                        "demo")))
                .contains("""
                        {"name":"robot","user":{"name":"demo","domain":{"id":"default"}},"secret":"s"}""");
    }

    @Test
    void aReadyTokenIsScoped() {
        assertThat(body(Map.of("auth_type", "token", "token", "gAAA", "project_id", "p1")))
                .isEqualTo("""
                        {"auth":{"identity":{"methods":["token"],"token":{"id":"gAAA"}},"scope":{"project":{"id":"p1"}}}}""");
        assertThat(body(Map.of("token", "gAAA"))).contains("\"methods\":[\"token\"]");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertMissing(Map.of(), "auth.username");
        assertMissing(Map.of("username", "demo"), "auth.password");
        assertMissing(Map.of("application_credential_id", "c1"), "auth.application_credential_secret");
        assertMissing(Map.of("auth_type", "v3token", "password", "p"), "auth.token");
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> body(Map.of("auth_type", "v3oidcpassword")))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining(
                        "setting 'auth_type' is not one of password, v3password, v3applicationcredential");
    }

    @Test
    void showsNothing() {
        assertThat(Credentials.of(settings(Map.of("username", "demo", "password", "s3cret")))
                        .toString())
                .isEqualTo("Credentials[PASSWORD]");
    }

    private static void assertMissing(Map<String, ?> values, String key) {
        assertThatThrownBy(() -> body(values))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessage("cloud 'c': setting '" + key + "' is missing (a test)");
    }

    private static String body(Map<String, ?> values) {
        return new String(Credentials.of(settings(values)).body(), StandardCharsets.UTF_8);
    }

    private static Settings settings(Map<String, ?> values) {
        return Settings.of("c", "openstack", "a test", values);
    }
}
