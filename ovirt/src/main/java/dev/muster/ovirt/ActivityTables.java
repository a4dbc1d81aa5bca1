package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;
import static dev.muster.core.ServerFilter.term;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;
import java.util.List;

/** What happens, and what happened. */
final class ActivityTables {
    private ActivityTables() {}

    static final Table EVENTS = Table.named("ovirt_event", "A line of the engine's log.")
            .list(VmTables.list("/events", "event"))
            .filter("severity", term("search", "severity=%s"))
            .one("vm", "vm_id", "ovirt_vm", "id")
            .one("host", "host_id", "ovirt_host", "id")
            .key("id", TEXT, "Number, growing with time.")
            .column("time", TIME, "When it happened.")
            .column("severity", TEXT, "normal, warning, error or alert.")
            .column("code", INTEGER, "What kind of event it is.")
            .column("description", TEXT, "What happened.")
            .column("origin", TEXT, "Who says so: oVirt, or an outside system.")
            .column("custom_id", INTEGER, "Its number in that system.")
            .column("correlation_id", TEXT, "What the request was marked with that caused it.")
            .column("vm_id", TEXT, "The virtual machine it is about.", at("/vm/id"))
            .column("host_id", TEXT, "The host it is about.", at("/host/id"))
            .column("cluster_id", TEXT, "The cluster it is about.", at("/cluster/id"))
            .column("data_center_id", TEXT, "The data center it is about.", at("/data_center/id"))
            .column("storage_domain_id", TEXT, "The storage domain it is about.", at("/storage_domain/id"))
            .column("template_id", TEXT, "The template it is about.", at("/template/id"))
            .column("user_id", TEXT, "Who did it.", at("/user/id"))
            .build();

    static final Table JOBS = Table.named("ovirt_job", "Something that the engine does or did that takes its time.")
            .list(VmTables.list("/jobs", "job"))
            .get(ApiRequest.get("", "/jobs/{id}"), "")
            .one("owner", "owner_id", "ovirt_user", "id")
            .many("steps", "id", "ovirt_job_step", "job_id")
            .key("id", TEXT, "UUID.")
            .column("description", TEXT, "What is done.")
            .column("status", TEXT, "started, finished, failed, aborted or unknown.")
            .column("start_time", TIME, "When it began.")
            .column("end_time", TIME, "When it ended; none while it goes on.")
            .column("last_updated", TIME, "When it last said something.")
            .column("external", BOOLEAN, "Whether an outside system does it.")
            .column("auto_cleared", BOOLEAN, "Whether it is forgotten some time after its end.")
            .column("owner_id", TEXT, "Who wanted it.", at("/owner/id"))
            .build();

    static final Table STEPS = Parts.of(
                    Table.named("ovirt_job_step", "A step of a job."), JOBS, "job_id", "steps", "step")
            .key("id", TEXT, "UUID.")
            .column("number", INTEGER, "Its place among the steps.")
            .column("type", TEXT, "validating, executing, finalizing, copying_volume, …")
            .column("description", TEXT, "What is done.")
            .column("status", TEXT, "started, finished, failed, aborted or unknown.")
            .column("progress", INTEGER, "Percent done, where that is known.")
            .column("start_time", TIME, "When it began.")
            .column("end_time", TIME, "When it ended; none while it goes on.")
            .column("parent_step_id", TEXT, "The step that it is a part of.", at("/parent_step/id"))
            .build();

    static final List<Table> ALL = List.of(EVENTS, JOBS, STEPS);
}
