package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftLayerProviderTest {
    @TempDir
    Path home;

    private List<Settings> configured(Map<String, String> variables) {
        return new SoftLayerProvider(home.resolve("etc-softlayer.conf"))
                .configured(new Environment(variables, home, home));
    }

    @Test
    void nothingIsThereWhereNothingIsSetUp() throws IOException {
        assertThat(configured(Map.of())).isEmpty();
        Files.writeString(home.resolve(".softlayer"), "[softlayer]\nusername =\napi_key =\ntimeout = 0\n");
        assertThat(configured(Map.of())).isEmpty();
    }

    @Test
    void slclisFileIsRead() throws IOException {
        Files.writeString(
                home.resolve(".softlayer"),
                "[other]\nusername = nobody\n\n[softlayer]\n# mine\nusername = SL1\napi_key: k=y\n"
                        + "endpoint_url = https://api.softlayer.com/xmlrpc/v3.1/\ntimeout = 30.5\n"
                        + "proxy = http://proxy.example.com:3128\n");
        Settings settings = configured(Map.of()).getFirst();
        assertThat(settings.name()).isEqualTo("softlayer");
        assertThat(settings.text("username")).isEqualTo("SL1");
        assertThat(settings.text("api_key")).isEqualTo("k=y");
        assertThat(settings.text("timeout")).isEqualTo("30");
        assertThat(settings.text("proxy")).isEqualTo("http://proxy.example.com:3128");
        assertThat(settings.source()).contains(".softlayer");
        assertThat(settings.toString()).doesNotContain("k=y");
        assertThat(Credentials.of(settings).endpoint()).hasToString("https://api.softlayer.com/rest/v3.1");
    }

    @Test
    void variablesComeBeforeTheFileAndTheUsersFileBeforeTheMachines() throws IOException {
        Files.writeString(home.resolve("etc-softlayer.conf"), "[softlayer]\nusername=site\napi_key=site\ntimeout=5\n");
        Files.writeString(home.resolve(".softlayer"), "[softlayer]\nusername=user\napi_key=user\n");
        Settings settings = configured(Map.of("SL_API_KEY", "variable")).getFirst();
        assertThat(settings.text("username")).isEqualTo("user");
        assertThat(settings.text("api_key")).isEqualTo("variable");
        assertThat(settings.text("timeout")).isEqualTo("5");
    }

    @Test
    void mustersOwnFileIsRead() throws IOException {
        Path file = home.resolve(".config/muster/clouds.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, "clouds:\n  classic:\n    type: softlayer\n    ibmcloud_api_key: k\n  x:\n    type: ovirt\n");
        List<Settings> found = configured(Map.of());
        assertThat(found).extracting(Settings::name).containsExactly("classic");
        assertThat(Credentials.of(found.getFirst()).authorization()).startsWith("Basic ");
    }

    @Test
    void whoAsksMustBeSaidOnce() {
        Settings nobody = Settings.of("x", "softlayer", "a test", Map.of("username", "u"));
        assertThatThrownBy(() -> SoftLayer.connect(nobody))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("api_key");
        Settings twice = nobody.with("api_key", "a").with("token", "b");
        assertThatThrownBy(() -> SoftLayer.connect(twice)).hasMessageContaining("one of three");
        assertThatThrownBy(() -> SoftLayer.connect(Settings.of("x", "softlayer", "a test", Map.of("token", "a\nb"))))
                .hasMessageContaining("token")
                .hasMessageNotContaining("a\nb");
    }
}
