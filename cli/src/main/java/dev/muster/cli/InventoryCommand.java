package dev.muster.cli;

import dev.muster.core.Cloud;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.InventoryRun;
import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.OnFailure;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import dev.muster.sim.SimOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster inventory}: everything that the configured clouds have. */
@Command(
        name = "inventory",
        description = "Fetch what your clouds have, everything at once.",
        footer = {
            "",
            "In CSV the first columns are the cloud and, where clouds have them, project and region. "
                    + "Several tables share no columns: on standard output they make a line for each value (table, row, "
                    + "column, value behind those); with --output-dir a file each, and none for a table that failed.",
            "",
            "Examples:",
            "  muster inventory                          everything",
            "  muster inventory prod -t openstack_server,openstack_port",
            "  muster inventory -t openstack_server --columns name,flavor.name",
            "  muster inventory -t openstack_server --where 'status = ERROR'",
            "  muster inventory -o json | jq '.clouds[].tables[] | .name, (.rows | length)'",
            "  muster inventory -o csv --output-dir today"
        })
final class InventoryCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    @Nullable
    Muster parent;

    @Spec
    picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(paramLabel = "CLOUD", arity = "0..*", description = "Only these; all that are set up otherwise.")
    List<String> names = new ArrayList<>();

    @Option(
            names = {"-t", "--table"},
            paramLabel = "TABLE",
            split = ",",
            description = "Only these tables; see muster tables.")
    List<String> tables = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    @Option(names = "--output-dir", paramLabel = "DIR", description = "With -o csv: a file for each table, in here.")
    @Nullable
    Path folder;

    @Mixin
    Asked asked = new Asked();

    @Option(
            names = "--on-failure",
            paramLabel = "POLICY",
            description = "continue: fetch the rest, as unless told; stop: give up the rest.")
    OnFailure onFailure = OnFailure.CONTINUE;

    @Option(names = "--deadline", paramLabel = "TIME", description = "Give up what is missing after this time, as 30s.")
    @Nullable
    String deadline;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long one answer may take, as 30s or 2m.")
    @Nullable
    String timeout;

    @Option(names = "--connections", paramLabel = "N", description = "The most connections to one server.")
    @Nullable
    Integer connections;

    @Option(names = "--pipeline", paramLabel = "N", description = "The most requests on a connection at once.")
    @Nullable
    Integer pipeline;

    InventoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (folder != null && format != Format.CSV) {
            throw misuse("--output-dir goes with -o csv");
        }
        positive("--connections", connections);
        positive("--pipeline", pipeline);
        List<Settings> all = ConfiguredClouds.all(console.environment());
        if (all.isEmpty()) {
            NothingConfigured.print(console);
            return ExitCode.USAGE;
        }
        List<Settings> wanted = ConfiguredClouds.named(all, names);
        if (folder != null) {
            prepare(folder);
        }
        try (WireListeners listeners = WireListeners.of(console, parent)) {
            return run(wanted.stream().map(this::tuned).map(listeners::on).toList());
        }
    }

    /** Before anything is asked: it would be a pity to have nowhere to put it. */
    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "muster", ".part"));
        } catch (FileAlreadyExistsException e) {
            throw new MusterException.Rejected(null, "--output-dir: " + folder + " is not a folder", e);
        } catch (IOException e) {
            throw new MusterException.Rejected(
                    null, "--output-dir: " + folder + " cannot be written to: " + Unwritten.reason(e), e);
        }
    }

    private Integer run(List<Settings> wanted) {
        List<Cloud> clouds = new ArrayList<>();
        try {
            for (Settings settings : wanted) {
                clouds.add(ConfiguredClouds.connect(settings));
            }
            Measurements learned = Learned.load(console);
            Inventory inventory =
                    asked.narrow(Inventory.of(clouds).learning(learned), tables).onFailure(onFailure);
            inventory = deadline == null ? inventory : inventory.deadline(time("--deadline", deadline));
            RowCollector rows = new RowCollector();
            InventoryRun run = inventory.start(rows);
            InventoryReport report;
            try (LiveProgress _ = LiveProgress.of(console, "inventory", run)) {
                report = run.join();
            }
            Learned.save(console, learned);
            new InventoryOutput(console, report, rows).print(format, folder);
            console.out().flush();
            Problems.lines(report, console.errorPalette()).forEach(console.err()::println);
            return report.complete() ? ExitCode.OK : report.failed() ? ExitCode.FAILED : ExitCode.PARTIAL;
        } finally {
            clouds.forEach(Cloud::close);
        }
    }

    private Settings tuned(Settings settings) {
        Settings tuned = settings;
        if (connections != null) {
            tuned = tuned.with("connections", connections);
        }
        if (pipeline != null) {
            tuned = tuned.with("pipeline", pipeline);
        }
        return timeout == null
                ? tuned
                : tuned.with("timeout", Math.max(1, time("--timeout", timeout).toSeconds()));
    }

    /** Here, as a cloud's settings are blamed on the file that they are from. */
    private void positive(String option, @Nullable Integer number) {
        if (number != null && number < 1) {
            throw misuse(option + " is 1 or more, not " + number);
        }
    }

    private Duration time(String option, String text) {
        try {
            return SimOptions.duration(text.matches("\\d+") ? text + "s" : text);
        } catch (IllegalArgumentException e) {
            throw misuse(option + ": " + e.getMessage());
        }
    }

    private RuntimeException misuse(String message) {
        return spec == null
                ? new MusterException.Rejected(null, message)
                : new ParameterException(spec.commandLine(), message);
    }
}
