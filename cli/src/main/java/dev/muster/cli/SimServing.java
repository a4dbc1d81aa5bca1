package dev.muster.cli;

import dev.muster.core.MusterException;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.sim.ovirt.SimOvirt;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An embedded cloud that runs until it is interrupted. Apart from its command, so that help loads no server. */
final class SimServing {
    private SimServing() {}

    static void until(Console console, SimCommand.Kind kind, SimOptions options, List<String> regions) {
        boolean interrupted = false;
        try (SimCloud cloud = start(kind, options, regions)) {
            Thread close = new Thread(cloud::close);
            Runtime.getRuntime().addShutdownHook(close);
            print(console, kind, cloud, options);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            Runtime.getRuntime().removeShutdownHook(close);
        }
        if (interrupted) {
            // Only now: a thread that is marked as interrupted cannot wait for a server to stop.
            Thread.currentThread().interrupt();
        }
    }

    private static SimCloud start(SimCommand.Kind kind, SimOptions options, List<String> regions) {
        try {
            return switch (kind) {
                case OVIRT -> SimOvirt.start(options);
                case OPENSTACK -> regions.isEmpty() ? SimOpenStack.start(options) : openstack(options, regions);
                case SOFTLAYER -> SimSoftLayer.start(options);
            };
        } catch (UncheckedIOException e) {
            throw new MusterException.Rejected(null, "--port: cannot listen on port " + options.port(), e);
        }
    }

    private static SimCloud openstack(SimOptions options, List<String> regions) {
        try {
            return SimOpenStack.start(options, regions);
        } catch (IllegalArgumentException e) {
            throw new MusterException.Rejected(null, "--regions: " + e.getMessage(), e);
        }
    }

    private static void print(Console console, SimCommand.Kind kind, SimCloud cloud, SimOptions options) {
        Palette palette = console.palette();
        String url = cloud.uri().toString();
        String user = cloud.login().user();
        String password = cloud.login().password();
        console.out()
                .println("An embedded " + kind + " with " + Texts.count(options.vms(), "machine", "machines")
                        + (SimSettings.regions(cloud).isEmpty()
                                ? ""
                                : " in each of the regions " + String.join(", ", SimSettings.regions(cloud)))
                        + " at "
                        + palette.accent(url) + ", user " + user + ", password " + password);
        console.out().println();
        console.out().println("For muster, in another terminal:");
        switch (kind) {
            case OVIRT ->
                console.out()
                        .println("  export OVIRT_URL=" + url + " OVIRT_USERNAME=" + user + " OVIRT_PASSWORD="
                                + password);
            case OPENSTACK ->
                console.out()
                        .println("  export OS_AUTH_URL=" + url + " OS_USERNAME=" + user + " OS_PASSWORD=" + password
                                + " \\\n    OS_PROJECT_NAME=" + SimSettings.PROJECT + " OS_USER_DOMAIN_NAME="
                                + SimSettings.DOMAIN + " OS_PROJECT_DOMAIN_NAME=" + SimSettings.DOMAIN
                                + SimSettings.regions(cloud).stream()
                                        .findFirst()
                                        .map(first -> " OS_REGION_NAME=" + first)
                                        .orElse(""));
            case SOFTLAYER ->
                console.out()
                        .println(
                                "  export SL_ENDPOINT_URL=" + url + " SL_USERNAME=" + user + " SL_API_KEY=" + password);
        }
        console.out().println("  muster inventory");
        console.out().println();
        console.out().println("Or in ~/.config/muster/clouds.yaml:");
        YamlDocument yaml = new YamlDocument(console.out());
        try (yaml) {
            yaml.beginObject().name("clouds").beginObject().name("sim").beginObject();
            yaml.field("type", kind.toString());
            fields(yaml, SimSettings.values(kind.toString(), cloud));
            yaml.endObject().endObject().endObject();
        }
        console.out().println();
        console.out().println(palette.faint("Ctrl-C ends it."));
        console.out().flush();
    }

    private static void fields(Document out, java.util.Map<?, ?> values) {
        values.forEach((name, value) -> {
            out.name(name.toString());
            if (value instanceof java.util.Map<?, ?> map) {
                out.beginObject();
                fields(out, map);
                out.endObject();
            } else if (value instanceof List<?> list) {
                out.beginArray();
                list.forEach(out::value);
                out.endArray();
            } else {
                out.value(value);
            }
        });
    }
}
