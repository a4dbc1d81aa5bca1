package dev.muster.cli;

import dev.muster.core.Cost;
import dev.muster.core.FetchReport;
import dev.muster.core.Planned;
import dev.muster.http.OriginLimit;
import java.util.Locale;

/** What became of a table, and how it was planned, as fields of a document. */
final class ReportDocument {
    private ReportDocument() {}

    static void fields(Document out, FetchReport table) {
        plan(out, table.planned());
        out.field("rows", table.rows())
                .field("requests", table.requests())
                .field("resent", table.resent())
                .field("seconds", Texts.exact(table.elapsed()))
                .name("operations")
                .beginArray();
        for (FetchReport.Took took : table.took()) {
            out.beginObject()
                    .field("operation", took.operation())
                    .field("answers", took.answers())
                    .field("rows", took.rows())
                    .field("seconds_of_all", rounded(took.seconds()))
                    .field("from", Texts.exact(took.from()))
                    .field("to", Texts.exact(took.to()))
                    .endObject();
        }
        out.endArray().name("refusals").beginArray();
        for (FetchReport.Refusal refusal : table.refusals()) {
            out.beginObject()
                    .field("way", refusal.way())
                    .field("instead", refusal.instead())
                    .field("message", refusal.message())
                    .endObject();
        }
        out.endArray().name("failures").beginArray();
        for (FetchReport.Failure failure : table.failures()) {
            InventoryOutput.failure(out.beginObject(), failure);
            out.endObject();
        }
        out.endArray();
    }

    /** How much a server was asked at once in the end, and why. */
    static void limit(Document out, OriginLimit limit) {
        out.beginObject()
                .field("origin", limit.origin())
                .field("in_flight", limit.inFlight())
                .field("connections", limit.connections())
                .field("depth", limit.depth())
                .field("why", limit.why().name().toLowerCase(Locale.ROOT))
                .field("explanation", limit.explanation())
                .field("response_seconds", Texts.exact(limit.responseTime()))
                .field("round_trip_seconds", Texts.exact(limit.roundTrip()))
                .field("throttles", limit.throttles())
                .field("hedges", limit.hedges())
                .endObject();
    }

    static void plan(Document out, Planned planned) {
        out.field("plan", planned.plan().toString())
                .field("way", planned.way())
                .field("why", planned.why())
                .name("expected");
        cost(out, planned.expected());
        out.name("other_ways").beginArray();
        for (Planned.Other other : planned.others()) {
            out.beginObject().field("way", other.way()).name("expected");
            cost(out, other.expected());
            Double measured = other.measured();
            out.field("measured_seconds", measured == null ? null : rounded(measured))
                    .endObject();
        }
        out.endArray();
    }

    private static void cost(Document out, Cost cost) {
        out.beginObject()
                .field("requests", Math.round(cost.requests()))
                .field("seconds", rounded(cost.seconds()))
                .field("rows", Math.round(cost.rows()))
                .endObject();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e4) / 1e4;
    }
}
