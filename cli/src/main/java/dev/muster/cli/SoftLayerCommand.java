package dev.muster.cli;

import dev.muster.clouds.softlayer.Detail;
import dev.muster.clouds.softlayer.Item;
import dev.muster.clouds.softlayer.SoftLayer;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.MusterException;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code muster softlayer}: what SoftLayer has beside its tables. */
@Command(
        name = "softlayer",
        description = "Ask a SoftLayer account (IBM Cloud Classic) for more than its tables.",
        footer = {
            "",
            "Its tables are had with muster inventory. The account is that of ~/.softlayer and SL_*, or one of",
            "Muster's own clouds.yaml.",
            "",
            "Examples:",
            "  muster softlayer hardware detail 1500000",
            "  muster softlayer vs detail 20000000 -o yaml",
            "  muster softlayer bandwidth pools",
            "  muster softlayer call-api Account getVirtualGuests --mask id,hostname,datacenter.name \\",
            "      --filter 'virtualGuests.datacenter.name IN dal05,sng01' --orderBy virtualGuests.hostname=ASC",
            "  muster softlayer call-api Virtual_Guest getObject --id 20000000"
        })
final class SoftLayerCommand implements Runnable {
    @Spec
    @Nullable
    CommandSpec spec;

    private SoftLayerCommand() {}

    /** The command with those below it. */
    static CommandLine of(Console console) {
        return new CommandLine(new SoftLayerCommand())
                .addSubcommand("hardware", group("hardware", "Bare-metal servers.", new DetailCommand(console, true)))
                .addSubcommand("vs", group("vs", "Virtual guests.", new DetailCommand(console, false)))
                .addSubcommand(
                        "bandwidth", group("bandwidth", "Traffic that servers share.", new PoolsCommand(console)))
                .addSubcommand(new SoftLayerCall(console));
    }

    @Override
    public void run() {
        usage(spec);
    }

    private static void usage(@Nullable CommandSpec spec) {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        line.usage(line.getOut());
    }

    /** A word with commands below it. */
    @Command
    static final class Group implements Runnable {
        @Spec
        @Nullable
        CommandSpec spec;

        Group() {}

        @Override
        public void run() {
            usage(spec);
        }
    }

    private static CommandLine group(String name, String description, Object command) {
        CommandLine line = new CommandLine(new Group()).setCommandName(name).addSubcommand(command);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    /** Which account is asked, and how what it answers is printed. */
    static final class Asking {
        @Option(names = "--cloud", paramLabel = "CLOUD", description = "Which account, where several are set up.")
        @Nullable
        String cloud;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                defaultValue = "table",
                description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
        Format format = Format.TABLE;

        /** What is done with the account. */
        interface Work {
            int with(SoftLayer account) throws IOException;
        }

        /** Connects, works, closes. */
        int ask(Console console, @Nullable CommandSpec spec, Work work) throws IOException {
            Settings settings = settings(console);
            Object root = Objects.requireNonNull(spec).root().userObject();
            try (WireListeners listeners = WireListeners.of(console, root instanceof Muster muster ? muster : null);
                    SoftLayer account = SoftLayer.connect(listeners.on(settings))) {
                int code = work.with(account);
                console.out().flush();
                return code;
            }
        }

        private Settings settings(Console console) {
            List<Settings> all = ConfiguredClouds.all(console.environment()).stream()
                    .filter(settings -> settings.type().equals("softlayer"))
                    .toList();
            String names = String.join(", ", all.stream().map(Settings::name).toList());
            if (all.isEmpty()) {
                throw new MusterException.Rejected(
                        null, "no SoftLayer account is set up; set SL_USERNAME and SL_API_KEY, or write ~/.softlayer");
            }
            if (cloud == null && all.size() > 1) {
                throw new MusterException.Rejected(
                        null, "several accounts are set up; choose one with --cloud: " + names);
            }
            return cloud == null
                    ? all.getFirst()
                    : all.stream()
                            .filter(settings -> settings.name().equals(cloud))
                            .findFirst()
                            .orElseThrow(() -> new MusterException.Rejected(
                                    null, "no SoftLayer account '" + cloud + "'; there are " + names));
        }
    }

    /** {@code hardware detail} and {@code vs detail}. */
    @Command(
            name = "detail",
            description = "Everything about one machine, or several.",
            footer = {
                "",
                "Its parts are asked for at the same time, one light call each; of many machines, each is asked for whole,",
                "as the service takes 50 requests a second.",
                "",
                "Examples:",
                "  muster softlayer hardware detail 1500000",
                "  muster softlayer vs detail 20000000 20000007 -o json"
            })
    static final class DetailCommand implements Callable<Integer> {
        private final Console console;
        private final boolean hardware;

        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        Asking asking = new Asking();

        @Parameters(
                paramLabel = "ID",
                arity = "1..*",
                description = "Numbers of machines, as muster inventory shows them.")
        List<Long> ids = new ArrayList<>();

        @Option(
                names = "--way",
                paramLabel = "WAY",
                defaultValue = "auto",
                description = "auto, parts or whole: how it is asked for; ${DEFAULT-VALUE} unless told.")
        Detail.Way way = Detail.Way.AUTO;

        DetailCommand(Console console, boolean hardware) {
            this.console = console;
            this.hardware = hardware;
        }

        @Override
        public Integer call() throws IOException {
            return asking.ask(console, spec, account -> {
                List<Detail> details = ids.stream()
                        .map(id -> (hardware ? account.hardware(id) : account.virtualGuest(id)).by(way))
                        .toList();
                List<Item> found = Detail.all(details).get();
                SoftLayerOutput output = new SoftLayerOutput(console, asking.format);
                if (found.size() == 1) {
                    output.value(found.getFirst().properties());
                } else {
                    output.rows(found.stream().map(Item::properties).toList());
                }
                return ExitCode.OK;
            });
        }
    }

    /** {@code bandwidth pools}. */
    @Command(
            name = "pools",
            description = "Bandwidth pools, with how many machines share each.",
            footer = {"", "Examples:", "  muster softlayer bandwidth pools -o csv"})
    static final class PoolsCommand implements Callable<Integer> {
        private static final String TABLE = "softlayer_bandwidth_pool";

        private final Console console;

        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        Asking asking = new Asking();

        PoolsCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            return asking.ask(console, spec, account -> {
                RowCollector rows = new RowCollector();
                InventoryReport report =
                        Inventory.of(List.of(account)).tables(TABLE).get(rows);
                new InventoryOutput(console, report, rows).print(asking.format, null);
                Problems.lines(report, console.errorPalette()).forEach(console.err()::println);
                return report.complete() ? ExitCode.OK : report.failed() ? ExitCode.FAILED : ExitCode.PARTIAL;
            });
        }
    }
}
