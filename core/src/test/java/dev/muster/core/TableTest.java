package dev.muster.core;

import static dev.muster.core.Column.at;
import static dev.muster.core.Column.byCall;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A declaration that does not hold together fails when it is built, and says where. */
class TableTest {
    private static Table.Builder servers() {
        return Table.named("x_server", "A server.")
                .list(ListRequest.get("", "/servers").rows("servers"))
                .key("id", TEXT, "UUID.");
    }

    private static void refused(Table.Builder table, String... words) {
        assertThatThrownBy(table::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void aNameThatIsNoSqlNameIsRefused() {
        refused(Table.named("Server-List", "").list(ListRequest.get("", "/s")).key("id", TEXT, ""), "Server-List");
    }

    @Test
    void aTableNeedsAListAndAKey() {
        refused(Table.named("x", "").key("id", TEXT, ""), "table x", "listed");
        refused(Table.named("x", "").list(ListRequest.get("", "/x")), "table x", "key");
    }

    @Test
    void aColumnMayNotBeThereTwice() {
        refused(servers().column("name", TEXT, "").column("name", TEXT, ""), "x_server", "name", "twice");
    }

    @Test
    void aColumnMayNotLieInsideAnother() {
        refused(
                servers().column("image", JSON, "", at("/image")).column("image_id", TEXT, "", at("/image/id")),
                "image_id",
                "inside",
                "image");
    }

    @Test
    void aPointerMustBeOne() {
        refused(servers().column("name", TEXT, "", at("name")), "name", "pointer");
    }

    @Test
    void aFurtherCallMayOnlyUseColumnsOfTheListedRow() {
        refused(
                servers().column("ports", JSON, "", byCall(ApiRequest.get("", "/servers/{uuid}/ports"), "/p")),
                "ports",
                "{uuid}");
    }

    @Test
    void aVariableOfTheListPathMustComeFromTheParent() {
        refused(
                Table.named("x_disk", "")
                        .list(ListRequest.get("", "/vms/{vm}/disks"))
                        .key("id", TEXT, ""),
                "x_disk",
                "{vm}");
        Table disks = Table.named("x_disk", "")
                .list(ListRequest.get("", "/servers/{server_id}/disks"))
                .each(servers().build(), "server_id")
                .key("id", TEXT, "")
                .build();
        assertThat(disks.key()).containsExactly("server_id", "id");
    }

    @Test
    void anUnknownColumnIsToldWithThoseThereAre() {
        assertThatThrownBy(() -> servers().build().column("nam"))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContainingAll("x_server", "nam", "id");
    }

    @Test
    void aListIsToldInItsOwnLanguageWhatIsWanted() {
        Table servers = servers()
                .column("name", TEXT, "")
                .column("status", TEXT, "")
                .column("ports", JSON, "", byCall(ApiRequest.get("", "/servers/{id}/ports"), "/ports"))
                .narrowing(new Narrowing() {
                    @Override
                    public boolean takes(Condition condition, List<Condition> taken) {
                        return taken.isEmpty() && condition.fixes();
                    }

                    @Override
                    public ListRequest narrowed(ListRequest list, List<Column> columns, List<Condition> taken) {
                        return list.query(
                                        "show",
                                        columns.stream().map(Column::name).toList())
                                .query("only", taken);
                    }
                })
                .build();
        Query query = Query.of("x_server").columns("name", "ports").where("status = up and name = a");
        FetchPlan plan = new Planner()
                .plan(query, List.of(servers), new Measurements().of(""))
                .plan();
        assertThat(plan.toString()).contains("the server filters status = up; filtered here: name = a");
        FetchPlan leaf = plan;
        while (!leaf.below().isEmpty()) {
            leaf = leaf.below().getFirst();
        }
        assertThat(((FetchPlan.Listed) leaf).list().request().query())
                .isEqualTo("show=%5Bname%2C%20id%2C%20status%5D&only=%5Bstatus%20%3D%20up%5D");
    }

    @Test
    void plansFollowFromTheFacts() {
        Planner auto = new Planner(Planner.Wish.AUTO);
        Table servers = servers()
                .column("name", TEXT, "")
                .column("ports", JSON, "", byCall(ApiRequest.get("", "/servers/{id}/ports"), "/ports"))
                .build();
        Table paged = Table.named("y", "")
                .list(ListRequest.get("", "/y").paging(new Paging.Offset("offset", "limit", 100, "total")))
                .key("id", TEXT, "")
                .build();

        assertThat(plan(auto, Query.of("x_server").columns("id", "name"), servers))
                .isEqualTo("single GET /servers");
        assertThat(plan(auto, Query.of("x_server"), servers))
                .isEqualTo("two stages, details by GET /servers/{id}/ports\n└─ of single GET /servers");
        assertThat(plan(auto, Query.of("y"), paged)).isEqualTo("parallel pages GET /y of 100 rows");
        assertThat(plan(new Planner(Planner.Wish.SEQUENTIAL), Query.of("y"), paged))
                .isEqualTo("pages GET /y by offset, 100 rows");
        Table disks = Table.named("x_disk", "")
                .list(ListRequest.get("", "/servers/{server_id}/disks"))
                .each(servers, "server_id")
                .key("id", TEXT, "")
                .build();
        assertThat(plan(auto, Query.of("x_disk"), disks, servers))
                .isEqualTo("fan out single GET /servers/{server_id}/disks\n└─ for each of single GET /servers");
    }

    private static String plan(Planner planner, Query query, Table... tables) {
        return planner.plan(query, List.of(tables), Measured.nothing()).plan().toString();
    }
}
