package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    @Test
    void itPrintsTheDocumentedForms() {
        assertThat(Filter.where("virtualGuests.datacenter.name", Operation.is("dal05"))
                        .and("virtualGuests.maxCpu", Operation.atLeast(4))
                        .orderBy("virtualGuests.id"))
                .hasToString("{\"virtualGuests\":{\"datacenter\":{\"name\":{\"operation\":\"_= dal05\"}},"
                        + "\"maxCpu\":{\"operation\":\">= 4\"},\"id\":{\"operation\":\"orderBy\",\"options\":"
                        + "[{\"name\":\"sort\",\"value\":[\"ASC\"]}]}}}");
        assertThat(Filter.where("a", Operation.in("x", 2)))
                .hasToString("{\"a\":{\"operation\":\"in\",\"options\":[{\"name\":\"data\",\"value\":[\"x\",2]}]}}");
        assertThat(Filter.where("a", Operation.is(5))).hasToString("{\"a\":{\"operation\":5}}");
        assertThat(Filter.where("a", Operation.on(LocalDate.of(2026, 2, 3))))
                .hasToString("{\"a\":{\"operation\":\"isDate\",\"options\":"
                        + "[{\"name\":\"date\",\"value\":[\"02/03/2026 00:00:00\"]}]}}");
        LocalDateTime day = LocalDateTime.of(2026, 2, 3, 4, 5, 6);
        assertThat(Filter.where("a", Operation.between(day, day.plusDays(1))).toString())
                .contains("\"startDate\",\"value\":[\"02/03/2026 04:05:06\"]", "endDate");
    }

    @Test
    void severalOrdersHaveRanks() {
        Filter filter = Filter.ordered("a.b").orderByDescending("a.c");
        assertThat(filter.toString()).contains("\"DESC\"", "{\"name\":\"sortOrder\",\"value\":[1]}");
        assertThat(filter.isOrdered()).isTrue();
        assertThat(Filter.where("a.b", Operation.absent()).isOrdered()).isFalse();
    }

    @Test
    void aPropertyIsFilteredOrOrderedNeverBoth() {
        Filter filter = Filter.where("virtualGuests.id", Operation.greater(3));
        assertThatThrownBy(() -> filter.orderBy("virtualGuests.id"))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'virtualGuests.id' has an operation already");
    }

    @Test
    void jsonIsKeptAsItIs() {
        String json = "{\"virtualGuests\":{\"id\":{\"operation\":\"orderBy\",\"options\":"
                + "[{\"name\":\"sort\",\"value\":[\"DESC\"]}]},\"hostname\":{\"operation\":\"^= web\"}}}";
        assertThat(Filter.parse(json)).hasToString(json);
        assertThat(Filter.parse(json).isOrdered()).isTrue();
        assertThat(Filter.parse("{\"a\":{\"operation\":{\"operation\":\"x\"}}}").has("a.operation"))
                .isTrue();
    }

    /** The service would answer each of these with every row there is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                                       | it is no JSON
            []                                                                      | an object is expected
            {}                                                                      | it is empty
            {"a":{}}                                                                | a is empty
            {"a":"x"}                                                               | a is no object with an operation
            {"operation":"x"}                                                       | an operation stands below a property
            {"a":{"operation":""}}                                                  | a: the operation is empty
            {"a":{"operation":null}}                                                | a has no operation
            {"a":{"operation":[1]}}                                                 | a: an operation is a text or a number
            {"a":{"operation":"^= "}}                                               | a: '^=' compares with nothing
            {"a":{"operation":"x","option":[]}}                                     | a: 'option' stands beside an operation
            {"a":{"operation":"in"}}                                                | a: 'in' needs options
            {"a":{"operation":"in","options":[]}}                                   | a: 'in' needs an option 'data'
            {"a":{"operation":"in","options":[{"name":"data","value":[]}]}}         | a: 'in' needs an option 'data'
            {"a":{"operation":"IN","options":[{"name":"data","value":[1]}]}}        | a: 'IN' takes no options
            {"a":{"operation":"orderBy","options":[{"name":"sort","value":["up"]}]}} | a: the sort is ASC or DESC
            {"a":{"operation":"betweenDate","options":[{"name":"startDate","value":["x"]}]}} | 'endDate'
            {"a":{"operation":1}} x                                                 | it is no JSON
            """)
    void whatTheServiceWouldPassOverInSilenceIsRefused(String json, String why) {
        assertThatThrownBy(() -> Filter.parse(json))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageStartingWith("object filter: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dal05    | {operation=_= dal05}
            5        | {operation=5}
            web*     | {operation=^= web}
            *.com    | {operation=$= .com}
            *prod*   | {operation=*= prod}
            > 4      | {operation=> 4}
            >=4      | {operation=>= 4}
            !~ x     | {operation=!~ x}
            not null | {operation=not null}
            """)
    void operationsAreReadAsSlcliReadsThem(String text, String leaf) {
        assertThat(Operation.parse(text)).hasToString(leaf);
    }
}
