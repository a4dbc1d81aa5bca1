package dev.muster.clouds.openstack;

import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that name OpenStack clouds. The first clouds.yaml found counts, as in openstacksdk: {@code
 * OS_CLIENT_CONFIG_FILE}, else that of the current folder, of {@code ~/.config/openstack}, of {@code /etc/openstack}; what
 * secure.yaml says is laid over it. Entries of type openstack in Muster's own clouds.yaml come before them.
 */
final class CloudsYaml {
    /** Between a cloud's name and a region's, where a cloud lists several. */
    static final String REGION_MARK = "@";

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final Environment environment;
    private final Path site;

    CloudsYaml(Environment environment, Path site) {
        this.environment = environment;
        this.site = site;
    }

    /** Every cloud, one for each of its regions where it lists several. */
    List<Settings> clouds() {
        Map<String, List<Settings>> byName = new LinkedHashMap<>();
        Path own = environment.configFolder("muster").resolve("clouds.yaml");
        entries(own).forEach((name, values) -> {
            if (OpenStackProvider.TYPE.equals(values.get("type"))) {
                byName.put(name, regions(name, source(own, name), values));
            }
        });
        Path file = find("OS_CLIENT_CONFIG_FILE", "clouds");
        if (file != null) {
            Path secure = find("OS_CLIENT_SECURE_FILE", "secure");
            Map<String, Map<String, Object>> secrets = secure == null ? Map.of() : entries(secure);
            entries(file).forEach((name, values) -> {
                Object type = values.get("type");
                if (type == null || type.equals(OpenStackProvider.TYPE)) {
                    Map<String, Object> whole = laidOver(values, secrets.getOrDefault(name, Map.of()));
                    byName.computeIfAbsent(name, n -> regions(n, source(file, n), whole));
                }
            });
        }
        return byName.values().stream().flatMap(List::stream).toList();
    }

    /** Which clouds there are and where they were looked for. */
    String describe(List<Settings> found) {
        Path file = find("OS_CLIENT_CONFIG_FILE", "clouds");
        String where = file == null
                ? "no clouds.yaml in "
                        + String.join(", ", folders().map(Path::toString).toList())
                : file.toString();
        return found.isEmpty()
                ? where
                : where + " has "
                        + String.join(", ", found.stream().map(Settings::name).toList());
    }

    private Stream<Path> folders() {
        return Stream.of(environment.folder(), environment.configFolder("openstack"), site);
    }

    private @Nullable Path find(String variable, String name) {
        String told = environment.variable(variable);
        if (told != null) {
            Path file = environment.folder().resolve(told);
            if (!Files.isRegularFile(file)) {
                // openstacksdk would go on to the other places and connect to who knows what.
                throw new MusterException.Rejected(null, variable + " names " + told + ", which is no file");
            }
            return file;
        }
        return folders()
                .flatMap(folder -> ENDINGS.stream().map(ending -> folder.resolve(name + ending)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** The entries below {@code clouds}; empty where there is no such file. */
    private Map<String, Map<String, Object>> entries(Path file) {
        Map<?, ?> root = environment.yaml(file);
        Object clouds = root == null ? null : root.get("clouds");
        if (clouds == null) {
            return Map.of();
        }
        if (!(clouds instanceof Map<?, ?> named)) {
            throw new MusterException.Rejected(null, file + ": 'clouds' must map names to settings");
        }
        Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
        named.forEach((name, values) -> {
            if (!(values instanceof Map<?, ?> map)) {
                throw new MusterException.Rejected(null, source(file, name) + ": expected settings");
            }
            entries.put(String.valueOf(name), homeExpanded(keyed(map), environment));
        });
        return entries;
    }

    private static String source(Path file, @Nullable Object name) {
        return file + ", clouds." + name;
    }

    /** A list of regions makes a cloud of each; one region_name is just a setting. */
    private List<Settings> regions(String name, String source, Map<String, Object> values) {
        if (values.get("region_name") != null || !(values.get("regions") instanceof List<?> regions)) {
            return List.of(Settings.of(name, OpenStackProvider.TYPE, source, values));
        }
        List<Settings> each = new ArrayList<>();
        for (Object region : regions) {
            // Either a name, or a mapping of name and of values that hold in that region only.
            Map<String, Object> own = region instanceof Map<?, ?> map && map.get("values") instanceof Map<?, ?> more
                    ? laidOver(values, homeExpanded(keyed(more), environment))
                    : new LinkedHashMap<>(values);
            Object regionName = region instanceof Map<?, ?> map ? map.get("name") : region;
            if (regionName == null) {
                throw new MusterException.Rejected(null, source + ": a region without a name");
            }
            own.remove("regions");
            own.put("region_name", regionName);
            String full = regions.size() == 1 ? name : name + REGION_MARK + regionName;
            each.add(Settings.of(full, OpenStackProvider.TYPE, source, own));
        }
        return each;
    }

    private static Map<String, Object> laidOver(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> both = new LinkedHashMap<>(below);
        above.forEach((key, value) -> both.merge(
                key,
                value,
                (one, other) -> one instanceof Map<?, ?> lower && other instanceof Map<?, ?> upper
                        ? laidOver(keyed(lower), keyed(upper))
                        : other));
        return both;
    }

    private static Map<String, Object> keyed(Map<?, ?> map) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                keyed.put(String.valueOf(key), value);
            }
        });
        return keyed;
    }

    /** The same values with the {@code ~} of files of certificates and keys replaced. */
    static Map<String, Object> homeExpanded(Map<String, Object> values, Environment environment) {
        for (String key : List.of("cacert", "cert", "key")) {
            if (values.get(key) instanceof String file && file.startsWith("~/")) {
                values.put(key, environment.home().resolve(file.substring(2)).toString());
            }
        }
        return values;
    }
}
