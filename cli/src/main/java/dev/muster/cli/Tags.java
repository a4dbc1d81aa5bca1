package dev.muster.cli;

import dev.muster.core.InventoryReport.CloudReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that say in each row of a flat list where it is from: the cloud, and project and region where one of the
 * clouds has such.
 */
record Tags(boolean project, boolean region) {

    /** Those that tell these clouds apart. */
    static Tags of(List<CloudReport> clouds) {
        return new Tags(
                clouds.stream().anyMatch(cloud -> cloud.tenancy().project() != null),
                clouds.stream().anyMatch(cloud -> cloud.tenancy().region() != null));
    }

    List<String> names() {
        List<String> names = new ArrayList<>(List.of("cloud"));
        if (project) {
            names.add("project");
        }
        if (region) {
            names.add("region");
        }
        return names;
    }

    /** What stands in them in a cloud's rows. */
    List<@Nullable Object> of(CloudReport cloud) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(cloud.cloud());
        if (project) {
            values.add(cloud.tenancy().project());
        }
        if (region) {
            values.add(cloud.tenancy().region());
        }
        return values;
    }
}
