package dev.muster.clouds.openstack;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;
import static dev.muster.core.ServerFilter.parameter;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;

/** Glance's tables. */
final class ImageTables {
    private ImageTables() {}

    static final Table IMAGES = Table.named("openstack_image", "What a server's disk is copied from.")
            .list(Glance.IMAGES)
            .get(ApiRequest.get("image", "/images/{id}"), "")
            .filter("name", parameter("name"))
            .filter("status", parameter("status"))
            .filter("visibility", parameter("visibility"))
            .filter("project_id", parameter("owner"))
            .sorts("name", Query.sort("name"))
            .sorts("size", Query.sort("size"))
            .sorts("created", Query.sort("created_at"))
            .sorts("updated", Query.sort("updated_at"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Name; not unique, may be absent.")
            .column("status", TEXT, "active, queued, saving, deactivated, …")
            .column("visibility", TEXT, "public, private, shared or community.")
            .column("project_id", TEXT, "Its project.", at("/owner"))
            .column("size", INTEGER, "Bytes of the file; absent until it is uploaded.")
            .column("virtual_size", INTEGER, "Bytes of the disk inside, where Glance knows.")
            .column("disk_format", TEXT, "qcow2, raw, vmdk, …")
            .column("container_format", TEXT, "bare, ovf, …")
            .column("min_disk_gib", INTEGER, "The smallest disk it boots on.", at("/min_disk"))
            .column("min_ram_mib", INTEGER, "The least memory it boots with.", at("/min_ram"))
            .column("protected", BOOLEAN, "Whether it cannot be deleted.")
            .column("os_distro", TEXT, "The operating system's distribution, where its owner says.")
            .column("os_version", TEXT, "And its version.")
            .column("architecture", TEXT, "The processor it is for, where its owner says.")
            .column("checksum", TEXT, "MD5 of the file.")
            .column("tags", JSON, "Its owner's own words.")
            .column("created", TIME, "When it was registered.", at("/created_at"))
            .column("updated", TIME, "When its record last changed.", at("/updated_at"))
            .build();
}
