package dev.muster.cli;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The kinds of cloud that are on the class path, and the clouds that the user has set up for them. */
final class ConfiguredClouds {
    private ConfiguredClouds() {}

    /** Every kind of cloud, by name. */
    static List<CloudProvider> providers() {
        List<CloudProvider> providers = new ArrayList<>();
        ServiceLoader.load(CloudProvider.class).forEach(providers::add);
        providers.sort(Comparator.comparing(CloudProvider::type));
        return providers;
    }

    /**
     * The kind of this name.
     *
     * @throws MusterException.Rejected if there is none; says which there are
     */
    static CloudProvider provider(String type) {
        List<CloudProvider> all = providers();
        return all.stream()
                .filter(provider -> provider.type().equals(type))
                .findFirst()
                .orElseThrow(() -> rejected("no kind of cloud '" + type + "'; there are "
                        + String.join(
                                ", ", all.stream().map(CloudProvider::type).toList())));
    }

    /**
     * All clouds that are set up, in the order of their kinds and files, through the proxies of the environment.
     *
     * @throws MusterException.Rejected if a file cannot be understood, or two clouds have one name
     */
    static List<Settings> all(Environment environment) {
        List<CloudProvider> providers = providers();
        checkKinds(environment, providers);
        Map<String, Settings> found = new LinkedHashMap<>();
        for (CloudProvider provider : providers) {
            for (Settings settings : provider.configured(environment)) {
                Settings other = found.putIfAbsent(settings.name(), settings);
                if (other != null) {
                    throw rejected("two clouds are named '" + settings.name() + "': in " + other.source() + " and in "
                            + settings.source() + "; rename one of them");
                }
            }
        }
        return found.values().stream()
                .map(settings -> settings.proxiedBy(environment))
                .toList();
    }

    /** Each provider takes the entries of its own kind: one of no kind would be passed over by all of them. */
    private static void checkKinds(Environment environment, List<CloudProvider> providers) {
        Path file = environment.configFolder("muster").resolve("clouds.yaml");
        Map<?, ?> root = environment.yaml(file);
        if (root == null || !(root.get("clouds") instanceof Map<?, ?> clouds)) {
            return;
        }
        List<String> kinds = providers.stream().map(CloudProvider::type).toList();
        clouds.forEach((name, values) -> {
            Object kind = values instanceof Map<?, ?> map ? map.get("type") : null;
            if (kind == null || !kinds.contains(kind.toString())) {
                throw rejected(file + ", clouds." + name + ": "
                        + (kind == null ? "no type is given" : "type '" + kind + "' is unknown")
                        + "; it must be one of " + String.join(", ", kinds));
            }
        });
    }

    /**
     * Those of these names, in the order of the names; all where none is named.
     *
     * @throws MusterException.Rejected if there is no such cloud; says which there are
     */
    static List<Settings> named(List<Settings> all, List<String> names) {
        if (names.isEmpty()) {
            return all;
        }
        String there = all.isEmpty()
                ? "none is set up"
                : "there are "
                        + String.join(", ", all.stream().map(Settings::name).toList());
        return names.stream()
                .distinct()
                .map(name -> all.stream()
                        .filter(settings -> settings.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> rejected("no cloud '" + name + "'; " + there)))
                .toList();
    }

    /** Connects a cloud by the provider of its kind. */
    static Cloud connect(Settings settings) {
        return provider(settings.type()).connect(settings);
    }

    /**
     * The table of this name.
     *
     * @throws MusterException.Rejected if there is none; says which there are
     */
    static Table table(String name) {
        List<Table> all = providers().stream().flatMap(p -> p.tables().stream()).toList();
        return all.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> rejected("no table '" + name + "'; there are "
                        + String.join(", ", all.stream().map(Table::name).toList())));
    }

    private static MusterException rejected(String message) {
        return new MusterException.Rejected(null, message);
    }
}
