package dev.muster.cli;

import dev.muster.core.InventoryRun;
import dev.muster.sim.SimOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code muster demo}: what this is good for, in a few seconds and without a cloud of one's own. */
@Command(
        name = "demo",
        description = "Take the inventory of two embedded clouds: at once, then one by one.",
        footer = {
            "",
            "Starts an oVirt and an OpenStack behind a slow network, fetches everything that both have at "
                    + "once, then the same one request at a time, and compares what was measured with the floor: "
                    + "the round trips that must follow one another, whoever asks.",
            "",
            "Examples:",
            "  muster demo",
            "  muster demo --vms 1000 --latency 50ms",
            "  muster demo -o json | jq '.clouds[] | {name, seconds, seconds_one_by_one}'"
        })
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    @Nullable
    Muster parent;

    @Option(
            names = "--vms",
            paramLabel = "N",
            defaultValue = "100",
            description = "Virtual machines in each cloud; ${DEFAULT-VALUE} unless told.")
    int vms;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "20ms",
            converter = Time.class,
            description = "Round trip of the network; ${DEFAULT-VALUE} unless told.")
    Duration latency = Duration.ZERO;

    @Option(names = "--sequential", description = "Only the inventory that goes one request at a time.")
    boolean sequential;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    @Spec
    @Nullable
    CommandSpec spec;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (vms < 0) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--vms: a cloud cannot have " + vms + " machines");
        }
        DemoOutput output = new DemoOutput(console, vms, latency);
        if (format == Format.TABLE) {
            output.intro();
        }
        Demo.warmUp(console, vms);
        try (Demo demo = Demo.start(vms, latency);
                WireListeners listeners = WireListeners.of(console, parent)) {
            demo.listening(listeners);
            Demo.Taken atOnce = sequential ? null : demo.atOnce(run -> watch("both at once", run));
            if (atOnce != null && format == Format.TABLE) {
                output.tables(atOnce);
            }
            Demo.Taken oneByOne = demo.oneByOne(run -> watch("now the same, one request at a time", run));
            output.print(format, demo, atOnce, oneByOne);
            return oneByOne.report().complete()
                            && (atOnce == null || atOnce.report().complete())
                    ? ExitCode.OK
                    : ExitCode.PARTIAL;
        }
    }

    private LiveProgress watch(String title, InventoryRun run) {
        return LiveProgress.of(console, title, run);
    }

    /** Times as people write them. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return SimOptions.duration(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
