package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keystone's list of where each service is, and the choice among its interfaces and regions.
 *
 * @param endpoints in the catalog's order
 */
record Catalog(List<Entry> endpoints) {
    /** Services that calls and tables here are sent to. */
    private static final Set<String> OURS = Set.of("compute", "image", "network");

    private static final Pattern NOVA_VERSION = Pattern.compile(".*/v2(\\.\\d+)?(/[^/]+)?");
    private static final Pattern GLANCE_VERSION = Pattern.compile("/v\\d+(\\.\\d+)?$");
    private static final Pattern NEUTRON_VERSION = Pattern.compile("/v2\\.0$");

    /**
     * One URL of one service.
     *
     * @param type the service, as {@code compute}
     * @param face public, internal or admin
     * @param region null where it serves all
     */
    record Entry(String type, String face, @Nullable String region, String url) {}

    static Catalog none() {
        return new Catalog(List.of());
    }

    /** Reads the token's {@code catalog}. */
    static Catalog read(JsonReader in) {
        List<Entry> entries = new ArrayList<>();
        in.list(service -> {
            String type = "";
            List<Entry> untyped = List.of();
            String name;
            service.beginObject();
            while ((name = service.nextName()) != null) {
                switch (name) {
                    case "type" -> type = Fields.text(service, "");
                    case "endpoints" -> untyped = service.list(Catalog::entry);
                    default -> service.skip();
                }
            }
            for (Entry entry : untyped) {
                entries.add(new Entry(type, entry.face(), entry.region(), entry.url()));
            }
            return type;
        });
        return new Catalog(entries);
    }

    private static Entry entry(JsonReader in) {
        String face = "";
        String regionId = null;
        String region = null;
        String url = "";
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            switch (name) {
                case "interface" -> face = Fields.text(in, "");
                case "region_id" -> regionId = in.text();
                case "region" -> region = in.text();
                case "url" -> url = Fields.text(in, "");
                default -> in.skip();
            }
        }
        return new Entry("", face, regionId == null ? region : regionId, url);
    }

    /**
     * The base of each service that has an endpoint of the wanted interface in the wanted region.
     *
     * @throws MusterException.Rejected if there is no such region, or none was named where there are several
     */
    Map<String, URI> services(Settings settings) {
        String face = face(settings);
        String region = settings.text("region_name");
        Set<String> regions = regions(endpoints);
        if (region != null && !regions.isEmpty() && !regions.contains(region)) {
            throw settings.wrong("region_name", "names no region of the catalog; it has " + String.join(", ", regions));
        }
        Map<String, List<Entry>> byType = endpoints.stream()
                .filter(entry -> entry.face().equals(face))
                .filter(entry -> region == null
                        || entry.region() == null
                        || entry.region().equals(region))
                .collect(Collectors.groupingBy(Entry::type, LinkedHashMap::new, Collectors.toList()));
        Map<String, URI> services = new LinkedHashMap<>();
        byType.forEach((type, entries) -> {
            Set<String> several = regions(entries);
            if (OURS.contains(type) && several.size() > 1) {
                throw settings.wrong(
                        "region_name",
                        "is missing, and the catalog has several regions: " + String.join(", ", several));
            }
            try {
                services.put(type, base(type, entries.getFirst().url(), "the catalog"));
            } catch (MusterException.Rejected e) {
                if (OURS.contains(type)) {
                    throw e;
                }
                // Somebody else's service, which nothing here asks: its bad URL is no reason to stop.
            }
        });
        return services;
    }

    /** The region that is asked: the one that settings name, else the only one there is; null where that is none. */
    @Nullable
    String region(Settings settings) {
        String told = settings.text("region_name");
        String face = face(settings);
        Set<String> regions = regions(endpoints.stream()
                .filter(entry -> OURS.contains(entry.type()) && entry.face().equals(face))
                .toList());
        return told == null && regions.size() == 1 ? regions.iterator().next() : told;
    }

    private static Set<String> regions(List<Entry> entries) {
        Set<String> regions = new TreeSet<>();
        entries.forEach(entry -> {
            if (entry.region() != null) {
                regions.add(entry.region());
            }
        });
        return regions;
    }

    /** The interface that settings ask for: public unless told; the older forms, as publicURL, are taken too. */
    static String face(Settings settings) {
        String key = settings.text("interface") == null ? "endpoint_type" : "interface";
        String told = settings.text(key);
        String face = told == null ? "public" : told.toLowerCase(Locale.ROOT).replaceFirst("url$", "");
        if (!Set.of("public", "internal", "admin").contains(face)) {
            throw settings.wrong(key, "is not one of public, internal, admin");
        }
        return face;
    }

    /**
     * A service's URL as its paths here expect it: without a slash at its end, and with its version once, whether the
     * cloud's catalog has it or not.
     *
     * @param from where the URL was found, for the message
     */
    static URI base(String type, String url, String from) {
        String plain = url.replaceFirst("/+$", "");
        String versioned = switch (type) {
            case "compute" -> NOVA_VERSION.matcher(plain).matches() ? plain : plain + "/v2.1";
            case "image" -> GLANCE_VERSION.matcher(plain).replaceFirst("") + "/v2";
            case "network" -> NEUTRON_VERSION.matcher(plain).replaceFirst("") + "/v2.0";
            default -> plain;
        };
        String wrong = "the URL of service '" + type + "' in " + from + " is not valid: " + url;
        try {
            URI base = URI.create(versioned);
            if (base.getHost() == null) {
                throw new MusterException.Rejected(null, wrong);
            }
            return base;
        } catch (IllegalArgumentException e) {
            throw new MusterException.Rejected(null, wrong, e);
        }
    }
}
