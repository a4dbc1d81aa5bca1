package dev.muster.cli;

import dev.muster.core.Settings;
import dev.muster.sim.SimCloud;
import dev.muster.sim.openstack.SimOpenStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an embedded cloud is reached, in the words of each kind's own settings. */
final class SimSettings {
    static final String PROJECT = "demo";
    static final String DOMAIN = "Default";

    private SimSettings() {}

    /** The settings that a user would write for it. */
    static Settings of(String name, String type, SimCloud cloud) {
        return Settings.of(name, type, "this command", values(type, cloud));
    }

    /** Its regions, where it has several. */
    static List<String> regions(SimCloud cloud) {
        return cloud instanceof SimOpenStack openstack && openstack.regions().size() > 1
                ? openstack.regions()
                : List.of();
    }

    static Map<String, Object> values(String type, SimCloud cloud) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (type.equals("openstack")) {
            Map<String, Object> auth = new LinkedHashMap<>();
            auth.put("auth_url", cloud.uri().toString());
            auth.put("username", cloud.login().user());
            auth.put("password", cloud.login().password());
            auth.put("project_name", PROJECT);
            auth.put("user_domain_name", DOMAIN);
            auth.put("project_domain_name", DOMAIN);
            values.put("auth", auth);
            if (!regions(cloud).isEmpty()) {
                values.put("regions", regions(cloud));
            }
        } else if (type.equals("softlayer")) {
            values.put("endpoint_url", cloud.uri().toString());
            values.put("username", cloud.login().user());
            values.put("api_key", cloud.login().password());
        } else {
            values.put("url", cloud.uri().toString());
            values.put("username", cloud.login().user());
            values.put("password", cloud.login().password());
        }
        return values;
    }
}
