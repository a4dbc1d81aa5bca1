package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.CloudProvider;
import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStackProviderTest {
    private static final String TWO_CLOUDS = """
            clouds:
              prod:
                auth:
                  auth_url: https://prod.example.org:5000/v3
                  username: demo
                  project_name: demo
                region_name: RegionOne
              test:
                auth: {auth_url: 'https://test.example.org', username: demo, password: s3cret}
            """;

    @TempDir
    Path root;

    private Path home;
    private Path folder;
    private Path site;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void folders() throws IOException {
        home = Files.createDirectories(root.resolve("home"));
        folder = Files.createDirectories(root.resolve("work"));
        site = Files.createDirectories(root.resolve("etc/openstack"));
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(CloudProvider.class))
                .anyMatch(provider ->
                        provider instanceof OpenStackProvider && provider.type().equals("openstack"));
    }

    @Test
    void nothingSetUpIsNoCloud() {
        assertThat(configured()).isEmpty();
    }

    @Test
    void takesEveryCloudOfTheFile() throws IOException {
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        List<Settings> clouds = configured();
        assertThat(clouds).extracting(Settings::name).containsExactly("prod", "test");
        assertThat(clouds).extracting(Settings::type).containsOnly("openstack");
        assertThat(clouds.getFirst().text("auth.auth_url")).isEqualTo("https://prod.example.org:5000/v3");
        assertThat(clouds.getFirst().source()).endsWith("clouds.yaml, clouds.prod");
    }

    @Test
    void theNearestFileCounts() throws IOException {
        write(site.resolve("clouds.yaml"), cloud("machine"));
        assertThat(configured()).extracting(Settings::name).containsExactly("machine");
        write(config("openstack/clouds.yml"), cloud("user"));
        assertThat(configured()).extracting(Settings::name).containsExactly("user");
        write(folder.resolve("clouds.json"), "{\"clouds\": {\"here\": {\"auth\": {\"auth_url\": \"https://h\"}}}}");
        assertThat(configured()).extracting(Settings::name).containsExactly("here");
        write(root.resolve("told.yaml"), cloud("told"));
        variables.put("OS_CLIENT_CONFIG_FILE", root.resolve("told.yaml").toString());
        assertThat(configured()).extracting(Settings::name).containsExactly("told");
    }

    @Test
    void xdgConfigHomeMovesTheUsersFile() throws IOException {
        variables.put("XDG_CONFIG_HOME", root.resolve("xdg").toString());
        write(root.resolve("xdg/openstack/clouds.yaml"), cloud("moved"));
        assertThat(configured()).extracting(Settings::name).containsExactly("moved");
    }

    @Test
    void aToldFileThatIsMissingIsNotPassedOver() throws IOException {
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        variables.put("OS_CLIENT_CONFIG_FILE", "nowhere.yaml");
        assertThatThrownBy(this::configured)
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessage("OS_CLIENT_CONFIG_FILE names nowhere.yaml, which is no file");
    }

    @Test
    void secureYamlIsLaidOver() throws IOException {
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        write(config("openstack/secure.yaml"), "clouds: {prod: {auth: {password: from-secure}}}");
        Settings prod = configured().getFirst();
        assertThat(prod.text("auth.password")).isEqualTo("from-secure");
        assertThat(prod.text("auth.username")).isEqualTo("demo");
        assertThat(prod.toString()).doesNotContain("from-secure");
    }

    @Test
    void osCloudPicksOne() throws IOException {
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        variables.put("OS_CLOUD", "test");
        assertThat(configured()).extracting(Settings::name).containsExactly("test");
    }

    @Test
    void osRegionNameGoesWithOsCloud() throws IOException {
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        variables.put("OS_CLOUD", "prod");
        variables.put("OS_REGION_NAME", "RegionTwo");
        assertThat(configured().getFirst().text("region_name")).isEqualTo("RegionTwo");
    }

    @Test
    void anUnknownOsCloudSaysWhichThereAre() throws IOException {
        variables.put("OS_CLOUD", "nope");
        assertThatThrownBy(this::configured)
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageStartingWith("OS_CLOUD names the cloud 'nope', which is not set up: no clouds.yaml in ");
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        assertThatThrownBy(this::configured).hasMessageEndingWith("clouds.yaml has prod, test");
    }

    @Test
    void anOpenrcFileMakesTheCloudEnvvars() throws IOException {
        write(config("openstack/clouds.yaml"), TWO_CLOUDS);
        variables.putAll(Map.of(
                "OS_AUTH_URL", "https://rc.example.org:5000",
                "OS_USERNAME", "demo",
                "OS_PASSWORD", "rc-secret",
                "OS_PROJECT_ID", "",
                "OS_CACERT", "~/ca.pem",
                "OS_COMPUTE_ENDPOINT_OVERRIDE", "https://nova.example.org/v2.1",
                "PATH", "/bin"));
        Settings envvars = configured().getFirst();
        assertThat(configured()).extracting(Settings::name).containsExactly("envvars", "prod", "test");
        assertThat(envvars.values())
                .containsOnlyKeys("auth_url", "username", "password", "cacert", "compute_endpoint_override");
        assertThat(envvars.text("cacert")).isEqualTo(home.resolve("ca.pem").toString());
        assertThat(envvars.toString()).doesNotContain("rc-secret");
        variables.put("OS_CLOUD", "envvars");
        assertThat(configured()).extracting(Settings::name).containsExactly("envvars");
    }

    @Test
    void eachRegionOfAListIsACloud() throws IOException {
        write(config("openstack/clouds.yaml"), """
                clouds:
                  wide:
                    auth: {auth_url: https://w.example.org}
                    regions:
                      - North
                      - name: South
                        values: {interface: internal, auth: {project_name: other}, cacert: ~/south.pem}
                """);
        List<Settings> clouds = configured();
        assertThat(clouds.get(1).text("cacert"))
                .isEqualTo(home.resolve("south.pem").toString());
        assertThat(clouds).extracting(Settings::name).containsExactly("wide@North", "wide@South");
        assertThat(clouds).extracting(c -> c.text("region_name")).containsExactly("North", "South");
        assertThat(clouds).extracting(c -> c.text("interface")).containsExactly(null, "internal");
        assertThat(clouds.get(1).text("auth.auth_url")).isEqualTo("https://w.example.org");
        variables.put("OS_CLOUD", "wide");
        assertThat(configured()).hasSize(2);
        variables.put("OS_REGION_NAME", "South");
        assertThat(configured()).extracting(Settings::name).containsExactly("wide@South");
    }

    @Test
    void takesItsOwnKindFromMustersFile() throws IOException {
        write(config("muster/clouds.yaml"), """
                clouds:
                  lab: {type: openstack, auth: {auth_url: https://lab.example.org}}
                  engine: {type: ovirt, url: https://engine.example.org}
                  prod: {type: openstack, auth: {auth_url: https://mine.example.org}}
                  untyped: {url: https://untyped.example.org}
                """);
        write(config("openstack/clouds.yaml"), TWO_CLOUDS + "  odd: {type: ovirt}\n");
        List<Settings> clouds = configured();
        assertThat(clouds).extracting(Settings::name).containsExactly("lab", "prod", "test");
        assertThat(clouds.get(1).text("auth.auth_url")).isEqualTo("https://mine.example.org");
    }

    @Test
    void aFileOfAnotherShapeIsRefused() throws IOException {
        write(config("openstack/clouds.yaml"), "clouds: [prod]\n");
        assertThatThrownBy(this::configured)
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageEndingWith("clouds.yaml: 'clouds' must map names to settings");
        write(config("openstack/clouds.yaml"), "clouds: {prod: https://prod}\n");
        assertThatThrownBy(this::configured).hasMessageEndingWith("clouds.yaml, clouds.prod: expected settings");
    }

    @Test
    void whatCloudsHaveInCommonMayStandOnce() throws IOException {
        write(config("openstack/clouds.yaml"), """
                common: &common
                  auth: {auth_url: https://c.example.org, username: demo}
                  region_name: North
                clouds:
                  plain:
                    <<: *common
                  other:
                    <<: *common
                    region_name: South
                """);
        List<Settings> clouds = configured();
        assertThat(clouds).extracting(c -> c.text("auth.auth_url")).containsOnly("https://c.example.org");
        assertThat(clouds).extracting(c -> c.text("region_name")).containsExactly("North", "South");
    }

    @Test
    void whatLooksLikeANumberIsTakenAsItIsWritten() throws IOException {
        write(config("openstack/clouds.yaml"), """
                clouds:
                  lab:
                    auth:
                      auth_url: https://lab.example.org
                      password: 12e45
                      project_id: 12345678901234567890e12345678901
                      user_id: 00123
                    timeout: 30
                """);
        Settings lab = configured().getFirst();
        assertThat(lab.text("auth.password")).isEqualTo("12e45");
        assertThat(lab.text("auth.project_id")).isEqualTo("12345678901234567890e12345678901");
        assertThat(lab.text("auth.user_id")).isEqualTo("00123");
        assertThat(lab.count("timeout", 1)).isEqualTo(30);
    }

    private List<Settings> configured() {
        return new OpenStackProvider(site).configured(new Environment(variables, home, folder));
    }

    private Path config(String file) {
        return home.resolve(".config").resolve(file);
    }

    private static String cloud(String name) {
        return "clouds: {" + name + ": {auth: {auth_url: 'https://example.org'}}}\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
