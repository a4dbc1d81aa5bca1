package dev.muster.sim.softlayer;

import dev.muster.sim.SimCloud.Login;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who may ask: the user with an API key, {@code apikey} with a key of IBM Cloud, or whoever has a token. */
record Users(Login login, String ibmCloudKey, Tokens tokens) {

    /**
     * Lets a request pass.
     *
     * @throws Fault if it has no credentials, or wrong ones
     */
    void check(SimRequest request) {
        String header = request.header("Authorization");
        if (header != null && header.startsWith("Bearer ")) {
            if (!tokens.use(header.substring("Bearer ".length()).strip())) {
                throw Fault.tokenExpired();
            }
            return;
        }
        if (header == null || !header.startsWith("Basic ")) {
            throw Fault.unauthorized();
        }
        String[] pair;
        try {
            pair = new String(
                            Base64.getDecoder()
                                    .decode(header.substring("Basic ".length()).strip()),
                            StandardCharsets.UTF_8)
                    .split(":", 2);
        } catch (IllegalArgumentException e) {
            throw Fault.unauthorized();
        }
        check(pair[0], pair.length < 2 ? null : pair[1]);
    }

    /** The same for a name and a key. */
    void check(@Nullable Object name, @Nullable Object key) {
        boolean classic = login.user().equals(name) && login.password().equals(key);
        boolean ibmCloud = "apikey".equals(name) && ibmCloudKey.equals(key);
        if (!classic && !ibmCloud) {
            throw Fault.unauthorized();
        }
    }
}
