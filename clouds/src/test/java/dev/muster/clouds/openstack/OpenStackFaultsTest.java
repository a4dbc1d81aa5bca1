package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.Headers;
import dev.muster.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpenStackFaultsTest {

    @Test
    void keystone() {
        assertThat(
                        said(
                                "{\"error\":{\"code\":401,\"message\":\"The request requires authentication.\",\"title\":\"Unauthorized\"}}"))
                .isEqualTo("The request requires authentication.");
        assertThat(said("{\"message\": \"The method is not allowed.\"}")).isEqualTo("The method is not allowed.");
    }

    @Test
    void novaUnderAnyName() {
        assertThat(said("{\"itemNotFound\": {\"code\": 404, \"message\": \"Instance x could not be found.\"}}"))
                .isEqualTo("Instance x could not be found.");
        assertThat(said("{\"forbidden\": {\"message\": \"Policy doesn't allow it.\", \"code\": 403}}"))
                .isEqualTo("Policy doesn't allow it.");
        assertThat(said("{\"overLimit\": {\"code\": 413, \"message\": \"Too much\", \"retryAfter\": \"0\"}}"))
                .isEqualTo("Too much");
    }

    @Test
    void neutronWithItsTypeOrAsAText() {
        assertThat(
                        said(
                                "{\"NeutronError\": {\"type\": \"PortNotFound\", \"message\": \"Port x could not be found.\", \"detail\": \"\"}}"))
                .isEqualTo("Port x could not be found. (PortNotFound)");
        assertThat(said("{\"NeutronError\": \"The resource could not be found.\"}"))
                .isEqualTo("The resource could not be found.");
    }

    @Test
    void textsAreNoneOfItsAffair() {
        assertThat(said("You do not own this image")).isNull();
        assertThat(said("<html><title>503</title></html>")).isNull();
        assertThat(said("")).isNull();
        assertThat(said("{}")).isNull();
        assertThat(said("{\"versions\": [{\"id\": \"v2\"}]}")).isNull();
    }

    @Test
    void brokenJsonIsTheReadersToBear() {
        assertThatThrownBy(() -> said("{\"error\": {")).isInstanceOf(RuntimeException.class);
    }

    private static String said(String body) {
        return new OpenStackFaults()
                .message(new HttpResponse(
                        500,
                        Headers.none(),
                        body.getBytes(StandardCharsets.UTF_8),
                        new HttpResponse.Timing(0, 0, 1, 0)));
    }
}
