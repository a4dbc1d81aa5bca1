package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    @Test
    void itPrintsTheDocumentedGrammar() {
        assertThat(Mask.of("id", "datacenter.name").and("networkComponents", Mask.of("name", "port")))
                .hasToString("mask[id,datacenter.name,networkComponents[name,port]]");
        assertThat(Mask.of("id").as("SoftLayer_Hardware_Server")).hasToString("mask(SoftLayer_Hardware_Server)[id]");
        assertThat(Mask.of("id").filtered()).hasToString("filteredMask[id]");
        assertThat(Mask.of("id", "id")).hasToString("mask[id]").isEqualTo(Mask.parse("id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id,hostname                                     | mask[id,hostname]
            datacenter.name                                 | mask[datacenter.name]
            a;b.c                                           | mask[a,b.c]
            a[b, c[d]]                                      | mask[a[b,c[d]]]
            mask[id,a[b,c.d]]                               | mask[id,a[b,c.d]]
            mask.a.b,mask.c                                 | mask.a.b,mask.c
            [mask[id],mask(SoftLayer_Hardware_Server)[id]]  | [mask[id],mask(SoftLayer_Hardware_Server)[id]]
            mask(SoftLayer_Hardware_Server)[a]              | mask(SoftLayer_Hardware_Server)[a]
            mask[x.resource(SoftLayer_Virtual_Guest)[a]]    | mask[x.resource(SoftLayer_Virtual_Guest)[a]]
            filteredMask[id]                                | filteredMask[id]
            """)
    void whatFollowsTheGrammarIsTaken(String text, String sent) {
        assertThat(Mask.parse(text)).hasToString(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "mask[",
                "mask[id",
                "mask[id]]",
                "id,",
                ",id",
                "a[]",
                "a..b",
                "a.",
                "mask",
                "mask(X)",
                "mask()[a]",
                "a[b]c",
                "a b$",
                "mask[id,,b]",
                "a(b",
                "mask.",
                "\"id\"",
                "{id}"
            })
    void whatDoesNotIsRefusedBeforeItIsSent(String text) {
        assertThatThrownBy(() -> Mask.parse(text))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageStartingWith("object mask: ");
    }

    @Test
    void aPropertyIsAName() {
        assertThatThrownBy(() -> Mask.of("id", "a[b]")).hasMessage("object mask: 'a[b]' is no property");
    }
}
