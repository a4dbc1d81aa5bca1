package dev.muster.sim.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cloud as OpenStack's own command line sees it; needs python3-openstackclient, which CI installs. */
@Tag("real")
@Timeout(600)
class OpenStackClientTest {
    private static final int SERVERS = 30;

    @Test
    void itSeesAsManyRowsAsThereAre() throws IOException, InterruptedException {
        try (SimOpenStack cloud = SimOpenStack.start(SimOptions.defaults().vms(SERVERS))) {
            assertThat(rows(cloud, "token", "issue", "-c", "project_id")).hasSize(1);
            assertThat(rows(cloud, "catalog", "list", "-c", "Name"))
                    .containsExactly("keystone", "nova", "glance", "neutron");
            assertThat(rows(cloud, "server", "list", "-c", "ID")).hasSize(SERVERS);
            assertThat(rows(cloud, "flavor", "list", "-c", "ID")).hasSize(5);
            assertThat(rows(cloud, "image", "list", "-c", "ID")).hasSize(30);
            assertThat(rows(cloud, "network", "list", "-c", "Name")).contains("public", "net-1", "net-2");
            List<String> ports = rows(cloud, "port", "list", "-c", "ID");
            assertThat(ports).hasSizeBetween(SERVERS + 2, SERVERS * 2 + 2).doesNotHaveDuplicates();
            assertThat(rows(cloud, "floating", "ip", "list", "-c", "ID")).hasSize(SERVERS / 5);
            assertThat(rows(cloud, "server", "show", "web-1", "-c", "status")).hasSize(1);
        }
    }

    /** Runs the client, and answers the lines it prints. */
    private static List<String> rows(SimOpenStack cloud, String... arguments) throws IOException, InterruptedException {
        // Debian's own Python: another one on the PATH would not see the package.
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-m", "openstackclient.shell"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-f", "value"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "OS_AUTH_URL",
                        cloud.url(),
                        "OS_USERNAME",
                        cloud.login().user(),
                        "OS_PASSWORD",
                        cloud.login().password(),
                        "OS_PROJECT_NAME",
                        SimOpenStack.PROJECT,
                        "OS_USER_DOMAIN_NAME",
                        "Default",
                        "OS_PROJECT_DOMAIN_NAME",
                        "Default"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("openstack " + String.join(" ", arguments))
                .isZero();
        return printed.lines().toList();
    }
}
