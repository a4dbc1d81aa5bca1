package dev.muster.core;

import dev.muster.http.OriginLimit;
import java.time.Duration;
import java.util.List;

/**
 * What became of an inventory.
 *
 * @param clouds in the order they were given
 * @param elapsed from the start to the last row of the last cloud
 */
public record InventoryReport(List<CloudReport> clouds, Duration elapsed) {

    /**
     * What became of one cloud.
     *
     * @param cloud the configured name
     * @param type its kind, as {@code openstack}
     * @param tenancy which part of the cloud its rows are of
     * @param tables in the order the cloud has them
     * @param requests all that were asked for, log-ins included
     * @param resent how often a request was written again
     * @param bytes of bodies received, decompressed
     * @param limits how much each of its servers was asked at once in the end, and why no more
     * @param elapsed from the start to its last row
     */
    public record CloudReport(
            String cloud,
            String type,
            Tenancy tenancy,
            List<FetchReport> tables,
            long requests,
            long resent,
            long bytes,
            List<OriginLimit> limits,
            Duration elapsed) {}

    /** Whether everything there is arrived. */
    public boolean complete() {
        return tables().stream().allMatch(t -> t.outcome() == FetchReport.Outcome.COMPLETE);
    }

    /** Whether nothing at all could be fetched. */
    public boolean failed() {
        return tables().stream().allMatch(t -> t.outcome() == FetchReport.Outcome.FAILED);
    }

    /** The tables of all clouds. */
    public List<FetchReport> tables() {
        return clouds.stream().flatMap(c -> c.tables().stream()).toList();
    }
}
