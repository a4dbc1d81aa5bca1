package dev.muster.cli;

import dev.muster.core.Planner;
import dev.muster.core.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster explain}: how a table would be fetched. */
@Command(
        name = "explain",
        description = "Show which requests fetch a table, in which order.",
        footer = {"", "Examples:", "  muster explain ovirt_vm", "  muster explain openstack_server --sequential"})
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "One or more tables; see muster tables.")
    List<String> names = new ArrayList<>();

    @Option(names = "--sequential", description = "As it would be done page after page.")
    boolean sequential;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Planner planner = new Planner(sequential ? Planner.Wish.SEQUENTIAL : Planner.Wish.AUTO);
        for (String name : names) {
            Table table = ConfiguredClouds.table(name);
            console.out().println(console.palette().strong(table.name()));
            planner.plan(table, table.columns())
                    .toString()
                    .lines()
                    .forEach(line -> console.out().println("  " + line));
        }
        return ExitCode.OK;
    }
}
