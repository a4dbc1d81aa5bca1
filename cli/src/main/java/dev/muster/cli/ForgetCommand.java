package dev.muster.cli;

import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code muster forget}: plans begin anew. */
@Command(
        name = "forget",
        description = "Forget what was measured of your clouds, so that plans begin anew.",
        footer = {"", "Examples:", "  muster forget           everything", "  muster forget prod      of one cloud"})
final class ForgetCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CLOUD", arity = "0..*", description = "Only of these; of all otherwise.")
    List<String> names = new ArrayList<>();

    ForgetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path file = Learned.file(console.environment());
        Measurements known = Measurements.load(file);
        for (String name : names) {
            if (!known.clouds().contains(name)) {
                throw new MusterException.Rejected(
                        null,
                        "nothing was measured of '" + name + "'"
                                + (known.clouds().isEmpty() ? "" : ", but of " + String.join(", ", known.clouds())));
            }
        }
        List<String> forgotten = names.isEmpty() ? known.clouds() : names;
        forgotten.forEach(known::forget);
        known.save(file);
        console.out()
                .println(
                        forgotten.isEmpty()
                                ? "nothing was measured yet"
                                : "forgot what was measured of " + String.join(", ", forgotten));
        return ExitCode.OK;
    }
}
