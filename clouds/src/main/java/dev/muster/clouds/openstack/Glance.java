package dev.muster.clouds.openstack;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.ListRequest;
import dev.muster.core.Paging;
import java.util.Map;

/**
 * Glance, the image service, at v2.
 *
 * @see <a href="https://docs.openstack.org/api-ref/image/v2/">Image API</a>
 */
public final class Glance {
    private static final String IMAGE = "image";

    // Glance gives 25 images to whom does not ask for more, and 1000 at the most.
    static final ListRequest IMAGES =
            ListRequest.get(IMAGE, "/images").rows("images").paging(new Paging.NextLink("next", "limit", 1000));

    private final Endpoint endpoint;

    Glance(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The images the project can see: its own, the public ones, and those shared with it and accepted. */
    public Images images() {
        return new Images(endpoint, IMAGES);
    }

    /** One image. */
    public Call<Image> image(String id) {
        return endpoint.json(ApiRequest.get(IMAGE, "/images/{id}").expand(Map.of("id", id)), Image::read);
    }

    /** {@code GET /v2/images}. */
    public static final class Images extends Query<Image, Images> {

        private Images(Endpoint endpoint, ListRequest list) {
            super(endpoint, list, Image::read);
        }

        @Override
        Images with(ListRequest other) {
            return new Images(endpoint, other);
        }

        /** Only those with exactly this name. */
        public Images name(String name) {
            return where("name", name);
        }

        /** Only those in a status, as {@code active}. */
        public Images status(String status) {
            return where("status", status);
        }

        /** Only public, private, shared or community ones; the last are listed in no other way. */
        public Images visibility(String visibility) {
            return where("visibility", visibility);
        }

        /** Only those of a project. */
        public Images owner(String project) {
            return where("owner", project);
        }
    }
}
