package dev.muster.clouds.softlayer;

import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.CloudProvider;
import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the accounts that a user has set up: that of slcli and its kin, which is made of {@code /etc/softlayer.conf}, {@code
 * ~/.softlayer} and the variables {@code SL_*}, each before the one ahead of it, and becomes the cloud {@code softlayer}; then
 * the entries of Muster's own clouds.yaml:
 *
 * <pre>
 * clouds:
 *   classic:
 *     type: softlayer
 *     username: SL123456
 *     api_key: …
 * </pre>
 */
public final class SoftLayerProvider implements CloudProvider {
    static final String TYPE = "softlayer";

    static final List<Table> TABLES = List.of(
            ComputeTables.VIRTUAL_GUESTS,
            ComputeTables.HARDWARE,
            ComputeTables.IMAGES,
            NetworkTables.VLANS,
            NetworkTables.SUBNETS,
            NetworkTables.GLOBAL_IPS,
            NetworkTables.FIREWALLS,
            NetworkTables.LOAD_BALANCERS,
            NetworkTables.SECURITY_GROUPS,
            NetworkTables.BANDWIDTH_POOLS,
            StorageTables.BLOCK_VOLUMES,
            StorageTables.FILE_VOLUMES,
            AccountTables.DNS_ZONES,
            AccountTables.DNS_RECORDS,
            AccountTables.SSH_KEYS,
            AccountTables.USERS,
            AccountTables.TICKETS,
            AccountTables.INVOICES,
            AccountTables.EVENTS);

    private static final Map<String, String> VARIABLES = Map.of(
            "SL_USERNAME", "username",
            "SL_API_KEY", "api_key",
            "SL_ENDPOINT_URL", "endpoint_url",
            "SL_TIMEOUT", "timeout");

    private static final Set<String> KEYS = Set.of("username", "api_key", "endpoint_url", "timeout", "proxy");

    private final Path site;

    public SoftLayerProvider() {
        this(Path.of("/etc/softlayer.conf"));
    }

    /** One with another file for the machine's own settings. */
    SoftLayerProvider(Path site) {
        this.site = site;
    }

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
        return Commands.ALL;
    }

    @Override
    public Cloud connect(Settings settings) {
        return SoftLayer.connect(settings);
    }

    @Override
    public List<Settings> configured(Environment environment) {
        List<Settings> found = new ArrayList<>();
        Settings classic = classic(environment);
        if (classic != null) {
            found.add(classic);
        }
        Path file = environment.configFolder("muster").resolve("clouds.yaml");
        Map<?, ?> root = environment.yaml(file);
        if (root != null && root.get("clouds") instanceof Map<?, ?> clouds) {
            clouds.forEach((name, entry) -> {
                if (entry instanceof Map<?, ?> map && TYPE.equals(map.get("type"))) {
                    found.add(entry(file, name.toString(), map));
                }
            });
        }
        return found;
    }

    private static Settings entry(Path file, String name, Map<?, ?> entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        entry.forEach((key, value) -> {
            if (value != null && !key.equals("type")) {
                values.put(key.toString(), value);
            }
        });
        return Settings.of(name, TYPE, file + ", clouds." + name, values);
    }

    /** The account that slcli would use; null where nothing names a user and a key. */
    private @Nullable Settings classic(Environment environment) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> sources = new ArrayList<>();
        for (Path file : List.of(site, environment.home().resolve(".softlayer"))) {
            Map<String, String> section = section(file);
            section.forEach((key, value) -> {
                // slcli writes what was not asked for as nothing, and a timeout of 0 for none.
                if (KEYS.contains(key) && !value.isEmpty() && !(key.equals("timeout") && value.matches("0+(\\.0*)?"))) {
                    values.put(key, value);
                }
            });
            if (!section.isEmpty()) {
                sources.add(file.toString());
            }
        }
        VARIABLES.forEach((variable, key) -> {
            String value = environment.variable(variable);
            if (value != null) {
                values.put(key, value);
            }
        });
        if (environment.variable("SL_USERNAME") != null || environment.variable("SL_API_KEY") != null) {
            sources.add("the variables SL_*");
        }
        if (values.get("username") == null && values.get("api_key") == null) {
            return null;
        }
        if (values.get("timeout") instanceof String seconds && seconds.matches("\\d+\\.\\d*")) {
            values.put("timeout", String.valueOf(Math.max(1, (long) Double.parseDouble(seconds))));
        }
        return Settings.of(TYPE, TYPE, String.join(", ", sources), values);
    }

    /** The section {@code [softlayer]} of a file as Python's configparser reads it; empty where there is none. */
    private static Map<String, String> section(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return values;
        }
        boolean inside = false;
        try {
            for (String raw : Files.readAllLines(file)) {
                String line = raw.strip();
                int equals = line.indexOf('=');
                int colon = line.indexOf(':');
                int sign = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
                if (line.startsWith("[")) {
                    inside = line.equals("[softlayer]");
                } else if (inside && sign > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                    values.put(
                            line.substring(0, sign).strip().toLowerCase(java.util.Locale.ROOT),
                            line.substring(sign + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new MusterException.Rejected(null, file + ": cannot be read: " + e.getMessage(), e);
        }
        return values;
    }
}
