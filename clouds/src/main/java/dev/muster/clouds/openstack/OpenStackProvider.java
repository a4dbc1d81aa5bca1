package dev.muster.clouds.openstack;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the OpenStack clouds a user has set up, as openstacksdk does: the variables of an openrc file, which make the cloud
 * {@code envvars}, then the entries of clouds.yaml. {@code OS_CLOUD} picks one; without it they all count, as an inventory
 * that left some out unasked would be wrong.
 */
public final class OpenStackProvider implements CloudProvider {
    static final String TYPE = "openstack";
    private static final String ENVVARS = "envvars";

    /** Variables that choose among clouds or files and are no settings of a cloud. */
    private static final Set<String> SELECTORS =
            Set.of("OS_CLOUD", "OS_CLOUD_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE");

    private final Path site;

    public OpenStackProvider() {
        this(Path.of("/etc/openstack"));
    }

    /** One with another folder for the machine's own clouds.yaml. */
    OpenStackProvider(Path site) {
        this.site = site;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<Settings> configured(Environment environment) {
        CloudsYaml files = new CloudsYaml(environment, site);
        Settings envvars = envvars(environment);
        String chosen = environment.variable("OS_CLOUD");
        if (chosen != null && chosen.equals(ENVVARS) && envvars != null) {
            return List.of(envvars);
        }
        List<Settings> found = files.clouds();
        if (chosen != null) {
            return chosen(chosen, found, files, environment);
        }
        List<Settings> all = new ArrayList<>();
        if (envvars != null) {
            all.add(envvars);
        }
        found.stream()
                .filter(cloud -> envvars == null || !cloud.name().equals(ENVVARS))
                .forEach(all::add);
        return all;
    }

    @Override
    public List<Table> tables() {
        return OpenStack.tables(false);
    }

    @Override
    public Cloud connect(Settings settings) {
        return OpenStack.connect(settings);
    }

    /** The cloud that OS_CLOUD names, in the region that OS_REGION_NAME names, else in each of its regions. */
    private static List<Settings> chosen(String name, List<Settings> found, CloudsYaml files, Environment environment) {
        List<Settings> cloud = found.stream()
                .filter(one -> one.name().equals(name) || one.name().startsWith(name + CloudsYaml.REGION_MARK))
                .toList();
        if (cloud.isEmpty()) {
            throw new MusterException.Rejected(
                    null, "OS_CLOUD names the cloud '" + name + "', which is not set up: " + files.describe(found));
        }
        String region = environment.variable("OS_REGION_NAME");
        if (region == null) {
            return cloud;
        }
        return cloud.stream()
                .filter(one -> region.equals(one.text("region_name")))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.of(cloud.getFirst().with("region_name", region)));
    }

    /** The cloud that an openrc file describes; null where no OS_AUTH_URL says which. */
    private static @Nullable Settings envvars(Environment environment) {
        if (environment.variable("OS_AUTH_URL") == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        environment.variables().forEach((variable, value) -> {
            if (variable.startsWith("OS_") && !value.isEmpty() && !SELECTORS.contains(variable)) {
                values.put(variable.substring(3).toLowerCase(Locale.ROOT), value);
            }
        });
        return Settings.of(ENVVARS, TYPE, "the variables OS_*", CloudsYaml.homeExpanded(values, environment));
    }
}
