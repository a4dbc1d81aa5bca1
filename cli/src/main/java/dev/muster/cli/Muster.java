package dev.muster.cli;

import dev.muster.core.Environment;
import dev.muster.core.MusterException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code muster} command. */
@Command(
        name = "muster",
        description = "Roll-call of every cloud at once.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  muster demo                          see what it does, on two embedded clouds",
            "  muster clouds                        which clouds are set up, and where",
            "  muster inventory                     everything they have",
            "  muster inventory -t openstack_server -o csv prod",
            "",
            "A command ends with",
            "  0  everything there is was printed",
            "  1  nothing could be fetched, or an error",
            "  2  the command line or the settings are wrong",
            "  3  some tables or rows are missing; standard error says which"
        })
public final class Muster implements Runnable {

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Tell what the wire does; -vv also where errors come from.")
    boolean[] verbose = {};

    @Option(
            names = "--har",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Write all requests into a file for a HAR viewer, as a browser's network view.")
    @Nullable
    Path har;

    @Spec
    @Nullable
    CommandSpec spec;

    private Muster() {}

    /** Runs the process's command line. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(out, err, Environment.ofProcess(), args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** UTF-8 whatever the locale, as files and pipes expect it, and buffered. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new LeavingReader(new FileOutputStream(descriptor)), 1 << 15),
                false,
                StandardCharsets.UTF_8);
    }

    /**
     * Runs one command line and answers with its exit code.
     *
     * @param out for what was asked for
     * @param err for errors and progress
     */
    public static int run(PrintStream out, PrintStream err, Environment environment, String... args) {
        Console console = new Console(out, err, environment);
        Muster root = new Muster();
        CommandLine line = new CommandLine(root);
        commands(console, args).forEach(line::addSubcommand);
        KindCommand.addTo(line, console, args);
        line.getSubcommands()
                .computeIfPresent("call", (name, call) -> call.setUnmatchedOptionsArePositionalParams(true));
        Converters.register(line);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                // What is typed may begin with an @, and is no file's affair then.
                .setExpandAtFiles(false)
                .setUsageHelpWidth(Math.clamp(console.terminalWidth(), 60, 110))
                .setColorScheme(Help.defaultColorScheme(console.palette().on() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler((e, wrong) -> misused(console, e))
                .setExecutionExceptionHandler((e, failed, parsed) -> failed(console, e, root.verbose.length > 1));
        int code = line.execute(args);
        // Streams of this kind keep to themselves that a disk is full.
        if (out.checkError()) {
            say(console, "standard output could not be written to its end");
            code = ExitCode.FAILED;
        }
        err.flush();
        return code;
    }

    /** The commands; only the one that is typed where it is plain which, as each costs a start some milliseconds. */
    private static List<Object> commands(Console console, String[] args) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("demo", () -> new DemoCommand(console));
        all.put("inventory", () -> new InventoryCommand(console));
        all.put("clouds", () -> new CloudsCommand(console));
        all.put("tables", () -> new TablesCommand(console));
        all.put("explain", () -> new ExplainCommand(console));
        all.put("forget", () -> new ForgetCommand(console));
        all.put("call", () -> new CallCommand(console));
        all.put("sim", () -> new SimCommand(console));
        all.put("completion", () -> new CompletionCommand(console));
        Supplier<Object> typed = args.length == 0 || args[0].equals("completion") ? null : all.get(args[0]);
        return typed == null ? all.values().stream().map(Supplier::get).toList() : List.of(typed.get());
    }

    @Override
    public void run() {
        CommandSpec known = spec;
        if (known != null) {
            known.commandLine().usage(known.commandLine().getOut());
        }
    }

    private static int misused(Console console, ParameterException e) {
        Palette palette = console.errorPalette();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        say(
                console,
                e instanceof UnmatchedArgumentException word && !word.isUnknownOption()
                        ? tooMuch(word)
                        : String.valueOf(e.getMessage()));
        console.err().println(palette.faint("Try: " + command + " --help"));
        return ExitCode.USAGE;
    }

    private static String tooMuch(UnmatchedArgumentException e) {
        CommandLine line = e.getCommandLine();
        String word = "'" + e.getUnmatched().getFirst() + "'";
        return line.getParent() == null
                ? "no command " + word + "; there are "
                        + String.join(", ", line.getSubcommands().keySet())
                : line.getCommandName() + " takes no " + word;
    }

    private static int failed(Console console, Exception e, boolean trace) {
        say(console, described(e, trace));
        // A command that fails may leave a file unfinished as well.
        Stream.of(e.getSuppressed())
                .filter(Unwritten.class::isInstance)
                .forEach(also -> say(console, String.valueOf(also.getMessage())));
        if (trace) {
            e.printStackTrace(console.err());
        }
        boolean asked = !(e instanceof MusterException.Rejected rejected && rejected.request() == null);
        return asked ? ExitCode.FAILED : ExitCode.USAGE;
    }

    private static String described(Exception e, boolean trace) {
        return switch (e) {
            case MusterException known -> known.describe();
            case Unwritten known -> String.valueOf(known.getMessage());
            default -> "unexpected: " + e + (trace ? "" : "; with -vv it says where");
        };
    }

    private static void say(Console console, String message) {
        console.err().println(console.errorPalette().bad("muster: ") + TextWidth.harmless(message));
    }
}
