package dev.muster.clouds.openstack;

import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;

/** Keystone's tables. */
final class IdentityTables {
    private IdentityTables() {}

    static final Table PROJECTS = Table.named("openstack_project", "A project that the user may log in to.")
            .list(Keystone.PROJECTS)
            .key("id", TEXT, "What other tables call project_id.")
            .column("name", TEXT, "Unique in its domain.")
            .column("domain_id", TEXT, "Its domain.")
            .column("enabled", BOOLEAN, "Whether one can log in to it.")
            .column("description", TEXT, "Its administrator's own words.")
            .build();
}
