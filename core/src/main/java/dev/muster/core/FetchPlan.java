package dev.muster.core;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the rows of a table are going to be fetched: a tree of strategies, which its text draws. */
public sealed interface FetchPlan {

    /** What it is made of, the rows' own source first. */
    default List<FetchPlan> below() {
        return switch (this) {
            case Listed list -> List.of();
            case Lookup lookup -> List.of();
            case Given given -> List.of();
            case FanOut(FetchPlan each, FetchPlan list) -> List.of(each);
            case Inside(FetchPlan parent, var part) -> List.of(parent);
            case TwoStage(FetchPlan rows, var details) -> List.of(rows);
            case Filtered(FetchPlan rows, var asked, var checked) -> List.of(rows);
            case Joined(FetchPlan rows, var relation, FetchPlan other, var way) -> List.of(rows, other);
            case Sorted(FetchPlan rows, var order, var byServer) -> List.of(rows);
            case Limited(FetchPlan rows, var most) -> List.of(rows);
        };
    }

    /** A list operation, walked in one way or another. */
    sealed interface Listed extends FetchPlan {
        ListRequest list();

        /** What is asked, as measurements and texts name it: no value of a condition is in it. */
        String operation();
    }

    /** One request answers everything. */
    record Single(ListRequest list, String operation) implements Listed {
        /** One whose operation is the request itself. */
        public Single(ListRequest list) {
            this(list, list.toString());
        }

        @Override
        public String line() {
            return "single " + operation;
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /** Page after page, the next one under way while one is being used. */
    record Sequential(ListRequest list, String operation) implements Listed {
        /** One whose operation is the request itself. */
        public Sequential(ListRequest list) {
            this(list, list.toString());
        }

        @Override
        public String line() {
            return "pages " + operation + " by " + kind(list.paging());
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /** The first page tells the total, and then all others are asked for at once. */
    record ParallelPages(ListRequest list, String operation, Paging.Offset paging) implements Listed {
        @Override
        public String line() {
            return "parallel pages " + operation + " of " + paging.size() + " rows";
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /**
     * Ranges of keys, walked at once.
     *
     * @param splits where one ends and the next begins, in order; wherever they lie, every key is in one range
     */
    record Ranges(ListRequest list, String operation, List<String> splits) implements Listed {
        @Override
        public String line() {
            return (splits.size() + 1) + " ranges of keys " + operation + " by " + kind(list.paging());
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /**
     * Rows by their keys, a request for each.
     *
     * @param pointer to the row in the answer
     * @param keys the path variables of each request
     */
    record Lookup(ApiRequest request, String pointer, List<Map<String, String>> keys) implements FetchPlan {
        @Override
        public String line() {
            return "look up " + request + (keys.size() == 1 ? "" : ", " + keys.size() + " times");
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /** Rows of a parent that need not be asked for, as the conditions name them. */
    record Given(String column, List<String> values) implements FetchPlan {
        @Override
        public String line() {
            return "given " + column + (values.size() == 1 ? "" : ", " + values.size() + " of them");
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /**
     * Light calls in parallel, one for each row of another fetch.
     *
     * @param each what gives the rows
     * @param list what is asked for one of them
     */
    record FanOut(FetchPlan each, FetchPlan list) implements FetchPlan {
        @Override
        public String line() {
            return "fan out " + list.line();
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /** The parent's list holds these rows as well, as it was asked to: the server joins. */
    record Inside(FetchPlan parent, Column.Inline part) implements FetchPlan {
        @Override
        public String line() {
            return "inside the parent's list by " + part.parameter() + '=' + part.value();
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /**
     * Rows first, then what they lack, in parallel.
     *
     * @param rows what lists them
     * @param details the calls that complete one row
     */
    record TwoStage(FetchPlan rows, List<ApiRequest> details) implements FetchPlan {
        @Override
        public String line() {
            return "two stages, details by "
                    + details.stream().map(ApiRequest::toString).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /**
     * Rows that meet conditions.
     *
     * @param asked those that the server is told, so that it leaves out other rows; they are checked all the same
     * @param checked all conditions
     */
    record Filtered(FetchPlan rows, List<Condition> asked, List<Condition> checked) implements FetchPlan {
        @Override
        public String line() {
            List<Condition> here =
                    checked.stream().filter(c -> !asked.contains(c)).toList();
            return (asked.isEmpty() ? "" : "the server filters " + listed(asked))
                    + (asked.isEmpty() || here.isEmpty() ? "" : "; ")
                    + (here.isEmpty() ? "" : "filtered here: " + listed(here));
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }

        private static String listed(List<Condition> conditions) {
            return conditions.stream().map(Condition::toString).collect(Collectors.joining(" and "));
        }
    }

    /** How related rows are found. */
    enum Way {
        /** The whole other table, once. */
        WHOLE,
        /** Those with the wanted values, many values in a request. */
        BATCH,
        /** A request for each value. */
        EACH
    }

    /**
     * Rows with related rows of another table.
     *
     * @param other how these are fetched: once, for each batch of values, or for each value
     */
    record Joined(FetchPlan rows, Relation relation, FetchPlan other, Way way) implements FetchPlan {
        @Override
        public String line() {
            String how = switch (way) {
                case WHOLE -> "all of " + relation.table();
                case BATCH -> relation.table() + " by many values at once";
                case EACH -> relation.table() + " value by value";
            };
            return "join " + relation.name() + " with " + how;
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /**
     * Rows in an order.
     *
     * @param byServer whether they come in it; else they are sorted when all of them are there
     */
    record Sorted(FetchPlan rows, List<Order> order, boolean byServer) implements FetchPlan {
        @Override
        public String line() {
            String by = order.stream().map(Order::toString).collect(Collectors.joining(", "));
            return byServer ? "the server sorts by " + by : "sorted here by " + by + ", when all rows are there";
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /** No more than so many rows; then nothing more is asked, unless they are sorted here. */
    record Limited(FetchPlan rows, long most) implements FetchPlan {
        @Override
        public String line() {
            return "the first " + most;
        }

        @Override
        public String toString() {
            return draw(node -> "");
        }
    }

    /** The node's own line of the drawing. */
    String line();

    /** The drawing with a remark of the reader's behind each node's line. */
    default String draw(Function<FetchPlan, String> remark) {
        String first = this instanceof FanOut ? "for each of " : "of ";
        StringBuilder text = new StringBuilder(line()).append(remark.apply(this));
        List<FetchPlan> below = below();
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            text.append('\n')
                    .append(last ? "└─ " : "├─ ")
                    .append(i == 0 ? first : "with ")
                    .append(below.get(i).draw(remark).replace("\n", last ? "\n   " : "\n│  "));
        }
        return text.toString();
    }

    private static String kind(Paging paging) {
        return switch (paging) {
            case Paging.Single p -> "none";
            case Paging.Offset p -> "offset, " + p.size() + " rows";
            case Paging.PageNumber p -> "number, " + p.size() + " rows";
            case Paging.Marker p -> "marker, " + p.size() + " rows";
            case Paging.NextLink p -> "next link, " + p.size() + " rows";
            case Paging.KeyRange p -> "key, " + p.size() + " rows";
        };
    }
}
