package dev.muster.clouds.softlayer;

import dev.muster.core.Call;
import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.CloudCommand.Answer;
import dev.muster.core.CloudCommand.Typed;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What people may ask of an account beside its tables. */
final class Commands {
    private static final String POOLS = NetworkTables.BANDWIDTH_POOLS.name();

    private static final String DETAIL_SYNOPSIS = "ID… [--way auto|parts|whole]";

    static final List<CloudCommand> ALL = List.of(
            new CloudCommand(
                    "hardware detail",
                    DETAIL_SYNOPSIS,
                    "Everything about bare-metal servers: by a light call for each part, or a heavy one, as measured",
                    List.of("muster softlayer hardware detail 1500000"),
                    (cloud, typed, measured) -> details(cloud, typed, true, measured)),
            new CloudCommand(
                    "vs detail",
                    DETAIL_SYNOPSIS,
                    "Everything about virtual guests",
                    List.of("muster softlayer vs detail 20000000 20000007 -o json"),
                    (cloud, typed, measured) -> details(cloud, typed, false, measured)),
            new CloudCommand(
                    "bandwidth pools",
                    "",
                    "Traffic that servers share, with how many machines share each",
                    List.of("muster softlayer bandwidth pools -o csv"),
                    Commands::pools),
            CallApi.COMMAND);

    private Commands() {}

    private static Call<Answer> details(Cloud cloud, Typed typed, boolean hardware, Supplier<Measurements> measured) {
        only(typed, Set.of("way"));
        Detail.Way way = way(typed.options().getOrDefault("way", "auto"));
        if (typed.words().isEmpty()) {
            throw rejected("which one? give its number, as muster inventory shows it, or several");
        }
        SoftLayer account = (SoftLayer) cloud;
        List<Long> ids = typed.words().stream().map(Commands::id).toList();
        Measurements known = measured.get();
        List<Detail> details = ids.stream()
                .map(id -> (hardware ? account.hardware(id) : account.virtualGuest(id))
                        .by(way)
                        .learning(known))
                .toList();
        return Detail.together(details)
                .map(got -> new Answer(
                        got.items().size() == 1
                                ? got.items().getFirst().properties()
                                : got.items().stream().map(Item::properties).toList(),
                        true,
                        List.of(),
                        got.notes()));
    }

    private static long id(String word) {
        if (!word.matches("\\d{1,18}")) {
            throw rejected("'" + word + "' is no number of a machine, as muster inventory shows them");
        }
        return Long.parseLong(word);
    }

    private static Detail.Way way(String text) {
        for (Detail.Way way : Detail.Way.values()) {
            if (MachineKind.name(way).equals(text)) {
                return way;
            }
        }
        throw rejected("--way is auto, parts or whole, not '" + text + "'");
    }

    private static Call<Answer> pools(Cloud cloud, Typed typed, Supplier<Measurements> measured) {
        only(typed, Set.of());
        if (!typed.words().isEmpty()) {
            throw rejected("bandwidth pools takes no '" + typed.words().getFirst() + "'");
        }
        Measurements known = measured.get();
        return Call.composed(() -> {
            RowCollector rows = new RowCollector();
            InventoryReport report =
                    Inventory.of(List.of(cloud)).tables(POOLS).learning(known).get(rows);
            FetchReport.Failure failure =
                    report.tables().getFirst().failures().stream().findFirst().orElse(null);
            if (report.failed() && failure != null) {
                throw new MusterException.Failed(
                        new MusterException.Place(cloud.name(), failure.request()), failure.message());
            }
            return new Answer(
                    rows.rows(cloud.name(), POOLS).stream().map(Row::toMap).toList(),
                    true,
                    report.tables().getFirst().failures().stream()
                            .map(lost -> cloud.name() + ": " + lost.request() + ": " + lost.message())
                            .toList(),
                    List.of(POOLS + ": " + report.tables().getFirst().planned().why()));
        });
    }

    /** What a command does not know is a slip of whoever typed it. */
    static void only(Typed typed, Set<String> known) {
        for (String option : typed.given().keySet()) {
            if (!known.contains(option)) {
                throw rejected("there is no option '" + option + "'"
                        + (known.isEmpty() ? "" : "; there are --" + String.join(", --", new TreeSet<>(known))));
            }
        }
    }

    static MusterException rejected(String message) {
        return new MusterException.Rejected(null, message);
    }
}
