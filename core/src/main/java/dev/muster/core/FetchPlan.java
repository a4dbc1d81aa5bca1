package dev.muster.core;

import java.util.List;

/** How the rows of a table are going to be fetched: a tree of strategies, which its text draws. */
public sealed interface FetchPlan {

    /** One request answers everything. */
    record Single(ListRequest list) implements FetchPlan {
        @Override
        public String toString() {
            return "single " + list;
        }
    }

    /** Page after page, the next one under way while one is being used. */
    record Sequential(ListRequest list) implements FetchPlan {
        @Override
        public String toString() {
            return "pages " + list + " by " + kind(list.paging());
        }
    }

    /** The first page tells the total, and then all others are asked for at once. */
    record ParallelPages(ListRequest list, Paging.Offset paging) implements FetchPlan {
        @Override
        public String toString() {
            return "parallel pages " + list + " of " + paging.size() + " rows";
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
        public String toString() {
            return "fan out " + list + "\n└─ for each of " + indent(each);
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
        public String toString() {
            return "two stages, details by "
                    + String.join(
                            ", ", details.stream().map(ApiRequest::toString).toList())
                    + "\n└─ of " + indent(rows);
        }
    }

    private static String kind(Paging paging) {
        return switch (paging) {
            case Paging.Single p -> "none";
            case Paging.Offset p -> "offset, " + p.size() + " rows";
            case Paging.PageNumber p -> "number, " + p.size() + " rows";
            case Paging.Marker p -> "marker, " + p.size() + " rows";
            case Paging.NextLink p -> "next link, " + p.size() + " rows";
        };
    }

    private static String indent(FetchPlan plan) {
        return plan.toString().replace("\n", "\n   ");
    }
}
