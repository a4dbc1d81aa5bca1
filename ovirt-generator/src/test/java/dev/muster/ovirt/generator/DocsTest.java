package dev.muster.ovirt.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocsTest {
    @Test
    void listingsStayAsTheyAre() {
        assertThat(Docs.markdown("For example:\n\n```xml\n<vm>@x[1]</vm>\n```\nand so on."))
                .containsExactly("For example:", "", "```xml", "<vm>@x[1]</vm>", "```", "and so on.");
        assertThat(Docs.markdown("[source,xml]\n----\n<vm/>\n----")).containsExactly("```", "<vm/>", "```");
        assertThat(Docs.markdown("```\nnever closed")).containsExactly("```", "never closed", "```");
    }

    @Test
    void tablesAreShownAsTheyStand() {
        assertThat(Docs.markdown("|===\n|a |b\n|===")).containsExactly("```", "|a |b", "```");
    }

    @Test
    void whatDocumentationWouldTakeForItsOwnIsEscaped() {
        assertThat(Docs.markdown("a <b> of [c], see `<d>` and e@f"))
                .containsExactly("a \\<b> of \\[c\\], see `<d>` and e&#64;f");
        assertThat(Docs.markdown("an unpaired ` and <b>")).containsExactly("an unpaired ` and \\<b>");
    }

    @Test
    void linksAndReferencesBecomeMarkdowns() {
        assertThat(Docs.markdown("see link:https://example.com/a[this] and xref:types/vm[the machine]"))
                .containsExactly("see [this](https://example.com/a) and the machine");
    }

    @Test
    void admonitionsAndListsBecomeMarkdowns() {
        assertThat(Docs.markdown("IMPORTANT: Do not.\n\n[NOTE]\n====\nIt is so.\n====\n. one\n. two"))
                .containsExactly("**Important:** Do not.", "", "**Note:**", "It is so.", "1. one", "1. two");
    }

    @Test
    void nothingIsNothing() {
        assertThat(Docs.markdown(null)).isEmpty();
        assertThat(Docs.markdown("  \n")).isEmpty();
    }
}
