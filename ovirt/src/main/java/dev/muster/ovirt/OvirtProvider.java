package dev.muster.ovirt;

import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.CloudProvider;
import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the engines that a user has set up: the variables that oVirt's SDKs and Ansible know ({@code OVIRT_URL}, {@code
 * OVIRT_USERNAME}, {@code OVIRT_PASSWORD}, {@code OVIRT_CAFILE}, {@code OVIRT_INSECURE}), which make the cloud {@code
 * ovirt}, then the entries of Muster's own clouds.yaml:
 *
 * <pre>
 * clouds:
 *   lab:
 *     type: ovirt
 *     url: https://engine.example.com/ovirt-engine/api
 *     username: admin@internal
 *     password: …
 *     ca_file: /etc/pki/ovirt-engine/ca.pem
 * </pre>
 */
public final class OvirtProvider implements CloudProvider {
    static final String TYPE = "ovirt";

    static final List<Table> TABLES = Stream.of(
                    VmTables.ALL,
                    VmPartTables.ALL,
                    TemplateTables.ALL,
                    HostTables.ALL,
                    HostPartTables.ALL,
                    StorageTables.ALL,
                    NetworkTables.ALL,
                    PolicyTables.ALL,
                    AccessTables.ALL,
                    ActivityTables.ALL,
                    ProviderTables.ALL)
            .flatMap(List::stream)
            .toList();

    private static final Map<String, String> VARIABLES = Map.of(
            "OVIRT_URL", "url",
            "OVIRT_USERNAME", "username",
            "OVIRT_PASSWORD", "password",
            "OVIRT_CAFILE", "ca_file",
            "OVIRT_INSECURE", "insecure");

    public OvirtProvider() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<Table> tables() {
        return TABLES;
    }

    @Override
    public List<CloudCommand> commands() {
        return List.of(ApiCommand.COMMAND);
    }

    @Override
    public Cloud connect(Settings settings) {
        return Ovirt.connect(settings);
    }

    @Override
    public List<Settings> configured(Environment environment) {
        List<Settings> found = new ArrayList<>();
        if (environment.variable("OVIRT_URL") != null) {
            Map<String, Object> values = new LinkedHashMap<>();
            VARIABLES.forEach((variable, key) -> {
                String value = environment.variable(variable);
                if (value != null) {
                    values.put(key, value);
                }
            });
            found.add(Settings.of(TYPE, TYPE, "the variables OVIRT_*", values));
        }
        Path file = environment.configFolder("muster").resolve("clouds.yaml");
        Map<?, ?> root = environment.yaml(file);
        if (root == null || root.get("clouds") == null) {
            return found;
        }
        if (!(root.get("clouds") instanceof Map<?, ?> clouds)) {
            throw new MusterException.Rejected(null, file + ": 'clouds' is not a mapping of names to clouds");
        }
        clouds.forEach((name, entry) -> {
            if (entry instanceof Map<?, ?> map && TYPE.equals(map.get("type"))) {
                found.add(settings(file, name.toString(), map));
            }
        });
        return found;
    }

    private static Settings settings(Path file, String name, Map<?, ?> entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        entry.forEach((key, value) -> {
            if (value != null && !key.equals("type")) {
                values.put(key.toString(), value);
            }
        });
        return Settings.of(name, TYPE, file + ", clouds." + name, values);
    }
}
