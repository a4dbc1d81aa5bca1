package dev.muster.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connection ends at every single byte of what the server has to say. */
@ExtendWith(NoLeaks.class)
final class EveryByteCutTest {
    private static final int DEPTH = 25;

    /** The first request of a connection, {@code /cut/n}, says where the rest of its answers is cut. */
    private static void cut(Peer peer) throws java.io.IOException {
        Peer.Request first = peer.next();
        if (!first.path().startsWith("/cut/")) {
            for (Peer.Request request = first; request != null; request = peer.read()) {
                peer.write(answer(request.path()));
            }
            return;
        }
        int cut = Integer.parseInt(first.path().substring(5));
        peer.answer("");
        peer.read(DEPTH);
        peer.write(Arrays.copyOf(stream(), cut));
        if (cut % 2 == 0) {
            peer.reset();
        }
    }

    private static byte[] stream() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < DEPTH; i++) {
            all.append(answer("/" + i));
        }
        return all.toString().getBytes(ISO_8859_1);
    }

    private static String answer(String path) {
        return path.length() % 2 == 0
                ? Peer.response(path)
                : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n/\r\n"
                        + Integer.toHexString(path.length() - 1) + "\r\n" + path.substring(1) + "\r\n0\r\n\r\n";
    }

    @Test
    void everyGetOfAPipelineIsAnsweredOnceWhereverItsConnectionIsCut() throws Exception {
        int length = stream().length;
        try (ScriptedServer server = ScriptedServer.start(EveryByteCutTest::cut)) {
            for (int cut = 0; cut <= length; cut++) {
                try (HttpClient client =
                        HttpClient.builder().connections(1).pipeline(DEPTH).build()) {
                    client.get(server.get("/cut/" + cut));
                    Outcomes outcomes = new Outcomes();
                    for (int i = 0; i < DEPTH; i++) {
                        client.send(server.get("/" + i), outcomes.next());
                    }
                    List<Outcomes.Outcome> told = outcomes.await(DEPTH);
                    for (int i = 0; i < DEPTH; i++) {
                        assertThat(told.get(i).response().text())
                                .as("request %d, cut at %d of %d", i, cut, length)
                                .isEqualTo("/" + i);
                        assertThat(told.get(i).response().timing().sends())
                                .as("writings of request %d, cut at %d of %d", i, cut, length)
                                .isLessThanOrEqualTo(2);
                    }
                    assertThat(outcomes.left()).as("told twice, cut at %d", cut).isZero();
                }
            }
        }
    }

    @Test
    void aPostIsNeverSentTwiceWhereverItsConnectionIsCut() throws Exception {
        String answer = answer("/post");
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Peer.Request request = peer.next();
            int cut = Integer.parseInt(request.path().substring(1));
            peer.write(answer.substring(0, cut));
            if (cut % 2 == 0) {
                peer.reset();
            }
        })) {
            List<String> answered = new ArrayList<>();
            for (int cut = 0; cut <= answer.length(); cut++) {
                try (HttpClient client = HttpClient.builder().build()) {
                    Outcomes outcomes = new Outcomes();
                    client.send(HttpRequest.post(server.uri("/" + cut), "x".getBytes(UTF_8)), outcomes.next());
                    Outcomes.Outcome told = outcomes.await(1).getFirst();
                    if (told.value() instanceof HttpResponse response) {
                        answered.add(response.text());
                    } else {
                        assertThat(told.failure()).isInstanceOf(HttpException.OutcomeUnknown.class);
                    }
                }
            }
            assertThat(answered).isSubsetOf("/post");
            assertThat(new HashSet<>(server.seen())).hasSameSizeAs(server.seen());
        }
    }
}
