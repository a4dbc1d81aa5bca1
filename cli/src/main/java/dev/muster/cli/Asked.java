package dev.muster.cli;

import dev.muster.core.Inventory;
import dev.muster.core.MusterException;
import dev.muster.core.Planned;
import dev.muster.core.Planner;
import dev.muster.core.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of a table, as options that several commands share. */
final class Asked {
    @Option(
            names = "--columns",
            paramLabel = "COLUMN",
            split = ",",
            description = "Only these columns, in this order; relation.column reaches into related tables."
                    + " With one table only.")
    List<String> columns = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Only rows that meet it, as \"status = ACTIVE and name like 'web%%'\"; with = != < <= > >=,"
                    + " like, in (a, b), is null, is not null. May be given several times. With one table only.")
    List<String> where = new ArrayList<>();

    @Option(
            names = "--order-by",
            paramLabel = "COLUMN",
            description = "Sorted, as \"created desc, name\"; by the server where it can, else when all rows are there."
                    + " With one table only.")
    @Nullable
    String order;

    @Option(names = "--limit", paramLabel = "N", description = "No more than so many rows of each table and cloud.")
    @Nullable
    Long limit;

    @Option(
            names = "--plan",
            paramLabel = "WISH",
            split = ",",
            description = "How to fetch it, where there is a choice: ${COMPLETION-CANDIDATES}.")
    List<Planner.Wish> wishes = new ArrayList<>();

    @Option(
            names = "--way",
            paramLabel = "WAY",
            description = "Exactly that way of fetching it, as muster explain names it, as \"list, inline\".")
    @Nullable
    String way;

    /** What is asked of each of these tables. */
    List<Query> queries(List<String> tables) {
        if (tables.size() != 1 && !(columns.isEmpty() && where.isEmpty() && order == null)) {
            throw new MusterException.Rejected(null, "--columns, --where and --order-by go with one table; name it");
        }
        List<Query> queries = new ArrayList<>();
        for (String table : tables) {
            Query query = Query.of(table).columns(columns.toArray(new String[0]));
            for (String conditions : where) {
                query = query.where(conditions);
            }
            query = order == null ? query : query.orderBy(order);
            Long most = limit;
            if (most != null && most < 0) {
                throw new MusterException.Rejected(null, "--limit is 0 or more, not " + most);
            }
            queries.add(most == null ? query : query.limit(most));
        }
        return queries;
    }

    /** The inventory, narrowed to what is asked. */
    Inventory narrow(Inventory inventory, List<String> tables) {
        Inventory planned = inventory.planner(planner());
        if (tables.isEmpty() && limit != null) {
            throw new MusterException.Rejected(null, "--limit goes with --table");
        }
        Inventory asking = planned.ask(queries(tables).toArray(new Query[0]));
        if (way != null) {
            check(asking.plans().values().stream().flatMap(List::stream).toList());
        }
        return asking;
    }

    /** A way that none of these tables can be fetched in was mistyped: the planner passes over it. */
    void check(List<Planned> plans) {
        Set<String> ways = new TreeSet<>();
        for (Planned plan : plans) {
            ways.add(plan.way());
            plan.others().forEach(other -> ways.add(other.way()));
        }
        if (way != null && !ways.contains(way)) {
            throw new MusterException.Rejected(
                    null, "no way '" + way + "'; there are '" + String.join("', '", ways) + "'");
        }
    }

    Planner planner() {
        Planner planner = new Planner(wishes.toArray(Planner.Wish[]::new));
        return way == null ? planner : planner.way(way);
    }
}
