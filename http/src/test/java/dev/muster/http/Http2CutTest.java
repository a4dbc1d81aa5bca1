package dev.muster.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An HTTP/2 connection ends at every single byte of what the server has to say, or what it says is damaged. */
@ExtendWith(NoLeaks.class)
final class Http2CutTest {
    private static final int STREAMS = 25;

    /** All that a server says on a connection, whose requests have the paths {@code /…/0}, {@code /…/1} and so on. */
    private static byte[] stream() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(FramePeer.frame(FramePeer.SETTINGS, 0, 0));
        all.write(FramePeer.frame(FramePeer.SETTINGS, FramePeer.ACK, 0));
        for (int i = 0; i < STREAMS; i++) {
            all.write(answer(2 * i + 1, "" + i));
        }
        return all.toByteArray();
    }

    /** Status 200 by its index; every other with a Content-Length, or in two pieces. */
    private static byte[] answer(int stream, String body) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        boolean odd = stream % 4 == 1;
        byte[] content = body.getBytes(ISO_8859_1);
        byte[] block =
                odd ? new byte[] {(byte) 0x88, 0x0f, 0x0d, 1, (byte) ('0' + content.length)} : new byte[] {(byte) 0x88};
        answer.write(FramePeer.frame(FramePeer.HEADERS, FramePeer.END_HEADERS, stream, block));
        if (odd) {
            answer.write(FramePeer.frame(FramePeer.DATA, FramePeer.END_STREAM, stream, content));
        } else {
            answer.write(FramePeer.frame(FramePeer.DATA, 0, stream, content[0]));
            answer.write(FramePeer.frame(
                    FramePeer.DATA, FramePeer.END_STREAM, stream, Arrays.copyOfRange(content, 1, content.length)));
        }
        return answer.toByteArray();
    }

    private static String number(FramePeer.Request request) {
        return request.path().substring(request.path().lastIndexOf('/') + 1);
    }

    private static void echo(FramePeer peer, List<FramePeer.Request> before) throws IOException {
        peer.settings();
        for (FramePeer.Request request : before) {
            peer.answer(request.stream(), number(request));
        }
        for (FramePeer.Request request = peer.request(); request != null; request = peer.request()) {
            peer.answer(request.stream(), number(request));
        }
    }

    @Test
    void everyGetOfAConnectionIsAnsweredOnceWhereverItIsCut() throws Exception {
        byte[] stream = stream();
        Set<String> cutBefore = ConcurrentHashMap.newKeySet();
        try (ScriptedServer server = ScriptedServer.start(FramePeer.raw(peer -> {
            FramePeer.Request first = peer.next();
            String cut = first.path().split("/", -1)[1];
            if (!cutBefore.add(cut)) {
                echo(peer, List.of(first));
                return;
            }
            peer.requests(STREAMS - 1);
            peer.write(Arrays.copyOf(stream, Integer.parseInt(cut)));
            if (cut.hashCode() % 2 == 0) {
                peer.reset();
            }
        }))) {
            for (int cut = 0; cut <= stream.length; cut++) {
                try (HttpClient client =
                        HttpClient.builder().protocols(Protocol.HTTP_2).build()) {
                    Outcomes outcomes = new Outcomes();
                    for (int i = 0; i < STREAMS; i++) {
                        client.send(server.get("/" + cut + "/" + i), outcomes.next());
                    }
                    List<Outcomes.Outcome> told = outcomes.await(STREAMS);
                    for (int i = 0; i < STREAMS; i++) {
                        assertThat(told.get(i).response().text())
                                .as("request %d, cut at %d of %d", i, cut, stream.length)
                                .isEqualTo("" + i);
                        assertThat(told.get(i).response().timing().sends())
                                .as("writings of request %d, cut at %d of %d", i, cut, stream.length)
                                .isLessThanOrEqualTo(2);
                    }
                    assertThat(outcomes.left()).as("told twice, cut at %d", cut).isZero();
                }
            }
        }
    }

    @Test
    void aPostIsNeverSentTwiceWhereverItsConnectionIsCut() throws Exception {
        int length = answer(1, "post").length + FramePeer.frame(FramePeer.SETTINGS, 0, 0).length;
        try (ScriptedServer server = ScriptedServer.start(FramePeer.raw(peer -> {
            FramePeer.Request request = peer.next();
            peer.body(request.stream());
            int cut = Integer.parseInt(request.path().substring(1));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(FramePeer.frame(FramePeer.SETTINGS, 0, 0));
            all.write(answer(1, "post"));
            peer.write(Arrays.copyOf(all.toByteArray(), cut));
            if (cut % 2 == 0) {
                peer.reset();
            }
        }))) {
            List<String> answered = new ArrayList<>();
            for (int cut = 0; cut <= length; cut++) {
                try (HttpClient client =
                        HttpClient.builder().protocols(Protocol.HTTP_2).build()) {
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
            assertThat(answered).isSubsetOf("post");
            assertThat(new HashSet<>(server.seen())).hasSameSizeAs(server.seen());
        }
    }

    @Test
    void whateverIsDamagedEveryRequestIsToldOnceHowItEnded() throws Exception {
        byte[] stream = stream();
        try (ScriptedServer server = ScriptedServer.start(FramePeer.raw(peer -> {
            FramePeer.Request first = peer.next();
            Random random = new Random(31 * Long.parseLong(first.path().split("/", -1)[1]) + peer.number());
            byte[] damaged = Arrays.copyOf(stream, stream.length - random.nextInt(40));
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            peer.write(damaged);
        }))) {
            for (int seed = 0; seed < 300; seed++) {
                try (HttpClient client =
                        HttpClient.builder().protocols(Protocol.HTTP_2).build()) {
                    Outcomes outcomes = new Outcomes();
                    for (int i = 0; i < STREAMS; i++) {
                        client.send(server.get("/" + seed + "/" + i), outcomes.next());
                    }
                    outcomes.await(STREAMS);
                    assertThat(outcomes.left()).as("told twice, seed %d", seed).isZero();
                }
            }
        }
    }
}
