package dev.muster.cli;

import dev.muster.core.CloudProvider;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster call}: any operation of a configured cloud. */
@Command(
        name = "call",
        description = "Carry out one operation of a cloud's API, whatever it is.",
        footer = {
            "",
            "Examples:",
            "  muster call lab vms/7f3e/start             an action of oVirt",
            "  muster call lab vms --search status=up     a list, with a parameter of it",
            "  muster call lab vms/7f3e help              what can be done there"
        })
final class CallCommand implements Callable<Integer> {
    private final Console console;

    @ParentCommand
    @Nullable
    Muster parent;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    @Parameters(index = "0", paramLabel = "CLOUD", description = "A configured cloud.")
    String cloud = "";

    @Parameters(
            index = "1..*",
            paramLabel = "WORD",
            description = "The operation as its cloud names it, and its parameters as --NAME VALUE.")
    List<String> typed = new ArrayList<>();

    CallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Settings> all = ConfiguredClouds.all(console.environment());
        if (all.isEmpty()) {
            NothingConfigured.print(console);
            return ExitCode.USAGE;
        }
        Settings settings = ConfiguredClouds.named(all, List.of(cloud)).getFirst();
        CloudProvider provider = ConfiguredClouds.provider(settings.type());
        if (provider.commands().isEmpty()) {
            throw new MusterException.Rejected(
                    null,
                    "clouds of the kind " + provider.type()
                            + " cannot be called so; muster tables says what they have");
        }
        return CommandRun.of(console, parent, provider, settings, typed, format);
    }
}
