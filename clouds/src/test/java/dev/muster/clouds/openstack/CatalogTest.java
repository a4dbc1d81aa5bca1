package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {
    /** Endpoints before the type, as nothing promises an order; regions by id, by name, and none. */
    private static final Catalog TWO_REGIONS = Catalog.read(JsonReader.of("""
            [{"endpoints": [
                {"id": "1", "interface": "internal", "region_id": "North", "url": "http://n.internal:8774/v2.1"},
                {"id": "2", "interface": "public", "region_id": "South", "url": "http://s.public:8774/v2.1/p1"},
                {"id": "3", "interface": "public", "region_id": "North", "region": "x", "url": "http://n.public:8774/v2.1/"}],
              "id": "a", "type": "compute", "name": "nova"},
             {"type": "image", "endpoints": [
                {"interface": "public", "region": "North", "url": "http://n.public:9292"}]},
             {"type": "network", "endpoints": [{"interface": "public", "url": "http://all.public:9696/v2.0/"}]},
             {"type": "object-store", "endpoints": [
                {"interface": "public", "region": "North", "url": "http://n.public/v1/AUTH_%(tenant_id)s"}]},
             {"type": "placement", "endpoints": []}]"""));

    @Test
    void takesThePublicEndpointOfTheRegion() {
        assertThat(TWO_REGIONS.services(settings(Map.of("region_name", "North"))))
                .containsExactly(
                        Map.entry("compute", URI.create("http://n.public:8774/v2.1")),
                        Map.entry("image", URI.create("http://n.public:9292/v2")),
                        Map.entry("network", URI.create("http://all.public:9696/v2.0")));
    }

    @Test
    void aServiceThatTheRegionLacksIsLeftOut() {
        assertThat(TWO_REGIONS.services(settings(Map.of("region_name", "South"))))
                .containsOnlyKeys("compute", "network");
    }

    @Test
    void takesAnotherInterfaceWhereTold() {
        assertThat(TWO_REGIONS.services(settings(Map.of("region_name", "North", "interface", "internal"))))
                .containsExactly(Map.entry("compute", URI.create("http://n.internal:8774/v2.1")));
        assertThat(TWO_REGIONS.services(settings(Map.of("region_name", "North", "endpoint_type", "internalURL"))))
                .containsOnlyKeys("compute");
    }

    @Test
    void anUnknownRegionSaysWhichThereAre() {
        assertThatThrownBy(() -> TWO_REGIONS.services(settings(Map.of("region_name", "East"))))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessage(
                        "cloud 'c': setting 'region_name' names no region of the catalog; it has North, South (a test)");
    }

    @Test
    void severalRegionsAreNotChosenFromBlindly() {
        assertThatThrownBy(() -> TWO_REGIONS.services(settings(Map.of())))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'region_name' is missing, and the catalog has several regions: North, South");
    }

    @Test
    void anUnknownInterfaceIsRefused() {
        assertThatThrownBy(() -> Catalog.face(settings(Map.of("interface", "private"))))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'interface' is not one of public, internal, admin");
    }

    @Test
    void versionsStandInABaseOnce() {
        assertBase("compute", "http://h:8774", "http://h:8774/v2.1");
        assertBase("compute", "http://h:8774/v2.1/", "http://h:8774/v2.1");
        assertBase("compute", "http://h:8774/v2/abc", "http://h:8774/v2/abc");
        assertBase("compute", "https://h/compute/v2.1", "https://h/compute/v2.1");
        assertBase("compute", "https://h/compute", "https://h/compute/v2.1");
        assertBase("image", "http://h:9292", "http://h:9292/v2");
        assertBase("image", "http://h:9292/v2/", "http://h:9292/v2");
        assertBase("image", "https://h/image/v1", "https://h/image/v2");
        assertBase("network", "http://h:9696//", "http://h:9696/v2.0");
        assertBase("network", "http://h:9696/v2.0", "http://h:9696/v2.0");
        assertBase("placement", "http://h:8778/", "http://h:8778");
    }

    @Test
    void aUrlThatIsNoneIsRefused() {
        for (String url : List.of("http://h/%(tenant_id)s", "h:9292", "")) {
            assertThatThrownBy(() -> Catalog.base("image", url, "the catalog"))
                    .isInstanceOf(MusterException.Rejected.class)
                    .hasMessageEndingWith("the URL of service 'image' in the catalog is not valid: " + url);
        }
        Catalog none = Catalog.read(JsonReader.of("""
                [{"type": "image", "endpoints": [{"interface": "public", "url": null}]}]"""));
        assertThatThrownBy(() -> none.services(settings(Map.of()))).hasMessageContaining("is not valid");
    }

    private static void assertBase(String type, String url, String base) {
        assertThat(Catalog.base(type, url, "a test")).isEqualTo(URI.create(base));
    }

    private static Settings settings(Map<String, ?> values) {
        return Settings.of("c", "openstack", "a test", values);
    }
}
