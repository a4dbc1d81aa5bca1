package dev.muster.cli;

import dev.muster.core.CloudCommand;
import dev.muster.core.CloudProvider;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster ovirt …}, {@code muster softlayer …}: what a kind of cloud offers beside its tables. */
@Command(synopsisHeading = "Usage: ")
final class KindCommand implements Callable<Integer> {
    private static final int LINE = 78;

    private final Console console;
    private final CloudProvider provider;

    @Spec
    @Nullable
    CommandSpec spec;

    @ParentCommand
    @Nullable
    Muster parent;

    @Option(names = "--cloud", paramLabel = "NAME", description = "Which one, where several of this kind are set up.")
    @Nullable
    String cloud;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    @Parameters(paramLabel = "WORD", description = "What is asked for; see below.")
    List<String> typed = new ArrayList<>();

    private KindCommand(Console console, CloudProvider provider) {
        this.console = console;
        this.provider = provider;
    }

    /** Adds a command for each kind of cloud that offers any; none where another command is typed. */
    static void addTo(CommandLine line, Console console, String... args) {
        boolean another = args.length > 0 && line.getSubcommands().size() == 1;
        if (another) {
            return;
        }
        for (CloudProvider provider : ConfiguredClouds.providers()) {
            List<CloudCommand> commands = provider.commands();
            if (!commands.isEmpty()) {
                CommandLine sub = new CommandLine(new KindCommand(console, provider));
                sub.setUnmatchedOptionsArePositionalParams(true);
                describe(sub.getCommandSpec().usageMessage(), provider.type(), commands);
                line.addSubcommand(provider.type(), sub);
            }
        }
    }

    private static void describe(UsageMessageSpec usage, String type, List<CloudCommand> commands) {
        List<String> synopsis = new ArrayList<>();
        List<String> footer = new ArrayList<>(List.of(""));
        List<String> examples = new ArrayList<>();
        for (CloudCommand command : commands) {
            String words = (command.name() + " " + command.synopsis()).strip();
            synopsis.addAll(wrapped(synopsis.isEmpty() ? "" : "       ", "muster " + type + " " + words));
            footer.addAll(wrapped("  ", words));
            footer.addAll(wrapped("      ", command.summary() + "."));
            examples.addAll(command.examples());
        }
        footer.add("");
        footer.add("Examples:");
        examples.forEach(example -> footer.add("  " + example));
        usage.customSynopsis(synopsis.toArray(String[]::new))
                .description("Ask a cloud of the kind " + type + " for what its tables do not hold.")
                .footer(footer.stream().map(text -> text.replace("%", "%%")).toArray(String[]::new));
    }

    /** Lines that fit most terminals; all but the first are indented as deep as summaries are. */
    private static List<String> wrapped(String indent, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > LINE && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder("      ");
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    @Override
    public Integer call() {
        List<Settings> all = ConfiguredClouds.all(console.environment());
        List<Settings> of = all.stream()
                .filter(settings -> settings.type().equals(provider.type()))
                .toList();
        if (typed.isEmpty()
                && provider.commands().stream()
                        .noneMatch(command -> command.name().isEmpty())) {
            CommandLine line = Objects.requireNonNull(spec).commandLine();
            line.usage(line.getOut());
            return ExitCode.OK;
        }
        if (all.isEmpty()) {
            NothingConfigured.print(console);
            return ExitCode.USAGE;
        }
        if (of.isEmpty()) {
            throw new MusterException.Rejected(
                    null,
                    "no cloud of the kind " + provider.type() + " is set up; there are "
                            + String.join(", ", all.stream().map(Settings::name).toList()));
        }
        if (cloud == null && of.size() > 1) {
            throw new MusterException.Rejected(
                    null,
                    "there are several clouds of the kind " + provider.type() + "; say which with --cloud: "
                            + String.join(", ", of.stream().map(Settings::name).toList()));
        }
        Settings settings = cloud == null
                ? of.getFirst()
                : ConfiguredClouds.named(of, List.of(cloud)).getFirst();
        return CommandRun.of(console, parent, provider, settings, typed, format);
    }
}
