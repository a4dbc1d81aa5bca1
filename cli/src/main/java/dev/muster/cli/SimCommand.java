package dev.muster.cli;

import dev.muster.sim.SimOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster sim}: an embedded cloud for whoever wants to talk to one. */
@Command(
        name = "sim",
        description = "Run an embedded cloud that any client can talk to, until Ctrl-C.",
        footer = {
            "",
            "It speaks real HTTP with real paths and real paging, as large, slow and faulty as you ask. "
                    + "A failure is NAME[@PATH][:SHARE]; names are 500, 500-json, 503, 429, 401, html, empty, truncated, "
                    + "stall, hangup; * in a path stands for anything; a share is 1%% or a number of times.",
            "",
            "Examples:",
            "  muster sim openstack",
            "  muster sim ovirt --vms 1000 --latency 5ms --rtt 20ms --port 8080",
            "  muster sim openstack --regions north,south",
            "  muster sim openstack --failures '500@/servers/detail:10%%'"
        })
final class SimCommand implements Callable<Integer> {
    /** The kinds of cloud there are. */
    enum Kind {
        /** An oVirt engine. */
        OVIRT,
        /** Keystone, Nova, Glance and Neutron. */
        OPENSTACK,
        /** An account of SoftLayer. */
        SOFTLAYER;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Console console;

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    Kind kind = Kind.OPENSTACK;

    @Option(names = "--vms", paramLabel = "N", defaultValue = "100", description = "Virtual machines; 100 unless told.")
    int vms;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DemoCommand.Time.class,
            description = "What the server takes for each request.")
    Duration latency = Duration.ZERO;

    @Option(
            names = "--rtt",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DemoCommand.Time.class,
            description = "Round trip of the network in front of it.")
    Duration rtt = Duration.ZERO;

    @Option(
            names = "--jitter",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DemoCommand.Time.class,
            description = "Up to so much is added to each latency.")
    Duration jitter = Duration.ZERO;

    @Option(
            names = "--row-cost",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DemoCommand.Time.class,
            description = "What the server takes for each row of an answer.")
    Duration rowCost = Duration.ZERO;

    @Option(
            names = "--link-cost",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DemoCommand.Time.class,
            description = "What it takes to look up what is to be inlined in a row.")
    Duration linkCost = Duration.ZERO;

    @Option(
            names = "--boot-time",
            paramLabel = "TIME",
            defaultValue = "0",
            converter = DemoCommand.Time.class,
            description = "How long machines take to start and to stop, and jobs to be done.")
    Duration bootTime = Duration.ZERO;

    @Option(
            names = "--failures",
            paramLabel = "RULES",
            defaultValue = "",
            split = "\n",
            description = "Which requests fail, how, how often; see below.")
    String[] failures = {};

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Requests a second; those above are answered with 429, or as the cloud has it.")
    double rateLimit;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Where it listens, on the loopback interface; any free port unless told.")
    int port;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another one gives other, equally invented contents.")
    long seed;

    @Option(
            names = "--regions",
            paramLabel = "NAME",
            split = ",",
            description = "With openstack: regions of its catalog, each with machines of its own; one unless told.")
    List<String> regions = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    SimCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        SimOptions options;
        try {
            options = SimOptions.defaults()
                    .vms(vms)
                    .latency(latency)
                    .rtt(rtt)
                    .jitter(jitter)
                    .rowCost(rowCost)
                    .linkCost(linkCost)
                    .bootTime(bootTime)
                    .failures(String.join(",", failures))
                    .rateLimit(rateLimit)
                    .port(port)
                    .seed(seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (!regions.isEmpty() && kind != Kind.OPENSTACK) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--regions goes with openstack, as others have none");
        }
        SimServing.until(console, kind, options, regions);
        return ExitCode.OK;
    }
}
