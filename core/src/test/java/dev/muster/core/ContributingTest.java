package dev.muster.core;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ServerFilter.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table that CONTRIBUTING shows is this one, and it works. */
class ContributingTest {
    // tag::table
    static final Table VOLUMES = Table.named("example_volume", "A disk that servers can have.")
            .list(ListRequest.get("volume", "/volumes/detail")
                    .rows("volumes")
                    .paging(new Paging.Marker("marker", "limit", 1000)))
            .get(ApiRequest.get("volume", "/volumes/{id}"), "/volume")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its owner's name for it.")
            .column("size_gib", INTEGER, "Size.", at("/size"))
            .column("status", TEXT, "available, in-use, error, …")
            .filter("status", parameter("status"))
            .build();
    // end::table

    @Test
    void theTableOfTheDocumentIsTheOneTestedHere() throws IOException {
        String test = Files.readString(Path.of("src/test/java/dev/muster/core/ContributingTest.java"));
        String table = test.substring(
                        test.indexOf("// tag::table\n") + "// tag::table\n".length(), test.indexOf("    // end::table"))
                .stripTrailing()
                .stripIndent();
        assertThat(table.lines().count()).isLessThanOrEqualTo(15);
        assertThat(Files.readString(Path.of("../CONTRIBUTING.md"))).contains("```java\n" + table + "\n```");
    }

    @Test
    void itsRowsArriveFilteredByTheServer() {
        Planned planned = new Planner()
                .plan(
                        Query.of("example_volume").columns("name", "size_gib").where("status = error"),
                        List.of(VOLUMES),
                        Measured.nothing());
        assertThat(planned.plan().toString())
                .isEqualTo("the server filters status = error\n"
                        + "└─ of pages GET /volumes/detail where status by marker, 1000 rows");
        assertThat(planned.output()).extracting(Column::name).containsExactly("name", "size_gib");
        assertThat(new Planner()
                        .plan(Query.of("example_volume").where("id = v1"), List.of(VOLUMES), Measured.nothing())
                        .plan()
                        .toString())
                .contains("look up GET /volumes/{id}");
    }
}
