package dev.muster.cli;

import dev.muster.core.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster clouds}: what is set up, and where it was found. */
@Command(
        name = "clouds",
        description = "List the clouds that are set up and where each was found.",
        footer = {"", "Examples:", "  muster clouds", "  muster clouds -o json"})
final class CloudsCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    CloudsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Settings> all = ConfiguredClouds.all(console.environment());
        if (all.isEmpty()) {
            NothingConfigured.print(console);
            return ExitCode.USAGE;
        }
        List<List<String>> rows = all.stream()
                .map(settings -> List.of(settings.name(), settings.type(), settings.source()))
                .toList();
        Listed.print(console, format, "clouds", List.of("name", "type", "found in"), rows);
        return ExitCode.OK;
    }
}
