package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.Column.byCall;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;
import java.util.List;

/** Who may do what, and what people keep to find things again. */
final class AccessTables {
    private AccessTables() {}

    static final Table USERS = Table.named("ovirt_user", "A user whom the engine has met.")
            .list(VmTables.list("/users", "user"))
            .get(ApiRequest.get("", "/users/{id}"), "")
            .one("domain", "domain_id", "ovirt_domain", "id")
            .key("id", TEXT, "UUID.")
            .column("user_name", TEXT, "What is typed to log in, with the profile.")
            .column("name", TEXT, "First name.")
            .column("last_name", TEXT, "Last name.")
            .column("principal", TEXT, "Name in the directory.")
            .column("email", TEXT, "Address of mail.")
            .column("department", TEXT, "Department in the directory.")
            .column("namespace", TEXT, "Part of the directory.")
            .column("domain_id", TEXT, "The directory.", at("/domain/id"))
            .column("domain_entry_id", TEXT, "Identifier in the directory.")
            .build();

    static final Table GROUPS = Table.named("ovirt_group", "A group of a directory, as far as the engine has met it.")
            .list(VmTables.list("/groups", "group"))
            .get(ApiRequest.get("", "/groups/{id}"), "")
            .one("domain", "domain_id", "ovirt_domain", "id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its name in the directory.")
            .column("namespace", TEXT, "Part of the directory.")
            .column("domain_id", TEXT, "The directory.", at("/domain/id"))
            .column("domain_entry_id", TEXT, "Identifier in the directory.")
            .build();

    static final Table DOMAINS = Table.named("ovirt_domain", "A directory that users and groups come from.")
            .list(VmTables.list("/domains", "domain"))
            .key("id", TEXT, "Identifier.")
            .column("name", TEXT, "As internal-authz.")
            .build();

    static final Table ROLES = Table.named("ovirt_role", "What may be done, under one name.")
            .list(VmTables.list("/roles", "role"))
            .get(ApiRequest.get("", "/roles/{id}"), "")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name, as UserVmManager.")
            .column("description", TEXT, "What it is for.")
            .column("administrative", BOOLEAN, "Whether it lets in to the administration.")
            .column("mutable", BOOLEAN, "Whether it can be changed; those that come with the engine cannot.")
            .column(
                    "permits",
                    JSON,
                    "Everything it permits.",
                    byCall(ApiRequest.get("", "/roles/{id}/permits"), "/permit")
                            .orInline("follow", "permits", "/permits/permit"))
            .build();

    static final Table SYSTEM_PERMISSIONS = Table.named(
                    "ovirt_system_permission", "What a user or group may do everywhere.")
            .list(VmTables.list("/permissions", "permission"))
            .one("role", "role_id", "ovirt_role", "id")
            .one("user", "user_id", "ovirt_user", "id")
            .key("id", TEXT, "UUID.")
            .column("role_id", TEXT, "What may be done.", at("/role/id"))
            .column("user_id", TEXT, "Who may; none where it is a group.", at("/user/id"))
            .column("group_id", TEXT, "Which group may; none where it is a user.", at("/group/id"))
            .build();

    static final Table TAGS = Table.named("ovirt_tag", "A word that machines, hosts and users are marked with.")
            .list(VmTables.list("/tags", "tag"))
            .get(ApiRequest.get("", "/tags/{id}"), "")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("description", TEXT, "Its owner's words.")
            .column("parent_id", TEXT, "The tag above it; none for the root.", at("/parent/id"))
            .build();

    static final Table BOOKMARKS = Table.named("ovirt_bookmark", "A search that somebody kept.")
            .list(VmTables.list("/bookmarks", "bookmark"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("value", TEXT, "The search, as Vms: status=down.")
            .build();

    static final List<Table> ALL = List.of(USERS, GROUPS, DOMAINS, ROLES, SYSTEM_PERMISSIONS, TAGS, BOOKMARKS);
}
