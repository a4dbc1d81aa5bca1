package dev.muster.cli;

import dev.muster.core.CloudProvider;
import dev.muster.core.Column;
import dev.muster.core.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster tables}: what can be asked of each kind of cloud. */
@Command(
        name = "tables",
        description = "List what can be fetched: tables and their columns.",
        footer = {
            "",
            "Examples:",
            "  muster tables                     all tables",
            "  muster tables openstack           one kind of cloud, with columns",
            "  muster tables openstack_server    one table, with columns",
            "  muster tables -o csv              every column of every table"
        })
final class TablesCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A kind of cloud or a table.")
    @Nullable
    String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    TablesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (format == Format.TABLE && name == null) {
            overview();
        } else if (format == Format.TABLE) {
            tables().forEach(this::describe);
        } else {
            Listed.print(
                    console,
                    format,
                    "columns",
                    List.of("table", "column", "type", "description"),
                    tables().stream()
                            .flatMap(table -> table.columns().stream().map(column -> line(table, column)))
                            .toList());
        }
        return ExitCode.OK;
    }

    private List<Table> tables() {
        String wanted = name;
        if (wanted == null) {
            return ConfiguredClouds.providers().stream()
                    .flatMap(provider -> provider.tables().stream())
                    .toList();
        }
        for (CloudProvider provider : ConfiguredClouds.providers()) {
            if (provider.type().equals(wanted)) {
                return provider.tables();
            }
        }
        return List.of(ConfiguredClouds.table(wanted));
    }

    private void overview() {
        TextTable text = new TextTable(
                List.of(TextTable.text("table"), TextTable.number("columns"), TextTable.text("what a row is")));
        for (Table table : tables()) {
            text.row(List.of(table.name(), Texts.count(table.columns().size()), table.description()));
        }
        text.print(console.width(), console.palette(), console.out()::println);
    }

    private void describe(Table table) {
        Palette palette = console.palette();
        console.out().println(palette.strong(table.name()) + palette.faint(" · ") + table.description());
        TextTable text =
                new TextTable(List.of(TextTable.text("column"), TextTable.text("type"), TextTable.text("description")));
        for (Column column : table.columns()) {
            text.row(line(table, column).subList(1, 4));
        }
        text.print(console.width(), palette, console.out()::println);
        console.out().println();
    }

    private static List<String> line(Table table, Column column) {
        List<String> notes = new ArrayList<>(List.of(column.description()));
        if (table.key().contains(column.name())) {
            notes.add("Key.");
        }
        if (column.origin() instanceof Column.ByCall(var request, var pointer, Column.Inline inline)) {
            notes.add("Costs a request for each row" + (inline == null ? "." : ", or a heavier list."));
        }
        if (!table.usual().contains(column)) {
            notes.add("On request.");
        }
        return List.of(
                table.name(), column.name(), column.type().name().toLowerCase(Locale.ROOT), String.join(" ", notes));
    }
}
