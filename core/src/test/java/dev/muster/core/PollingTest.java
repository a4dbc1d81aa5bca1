package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.internal.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PollingTest {
    private final MusterException lost = new MusterException.Unreachable(null, "no answer", null);

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    /** Answers these in turn, or fails with them. */
    private static Call<String> answering(Object... answers) {
        Queue<Object> left = new ArrayDeque<>(List.of(answers));
        return () -> {
            Object next = left.remove();
            return next instanceof MusterException failure ? Pending.failed(failure) : Pending.of(next.toString());
        };
    }

    private Polling<String> untilUp(Object... answers) {
        return answering(answers).until("up"::equals).every(Duration.ZERO).watching(seen::add);
    }

    @Test
    void asksUntilTheAnswerWillDo() {
        assertThat(untilUp("down", "booting", "up", "never asked for").get()).isEqualTo("up");
        assertThat(seen).containsExactly("down", "booting", "up");
    }

    @Test
    void aQuestionWithoutAnAnswerIsAskedAgain() {
        assertThat(untilUp("down", lost, lost, lost, lost, "booting", lost, lost, lost, lost, "up")
                        .get())
                .isEqualTo("up");
        assertThat(seen).containsExactly("down", "booting", "up");
    }

    @Test
    void patienceEnds() {
        assertThatThrownBy(untilUp("down", lost, lost, lost, lost, lost, "up")::get)
                .isSameAs(lost);
    }

    @Test
    void whatWillNotChangeEndsAtOnce() {
        MusterException gone = new MusterException.Rejected(null, "no such machine");
        assertThatThrownBy(untilUp("down", gone, "up")::get).isSameAs(gone);
        assertThat(seen).containsExactly("down");
    }

    @Test
    void anAnswerMaySayThatThereIsNoHope() {
        assertThatThrownBy(untilUp("down", "error", "up")
                        .unless(status -> status.equals("error") ? "the machine is broken" : null)::get)
                .isInstanceOf(MusterException.Failed.class)
                .hasMessage("the machine is broken");
    }

    @Test
    void cancellingGivesUpTheQuestionUnderWay() {
        Task<String> question = new Task<>();
        Call<String> call = () -> question;
        Pending<String> polling = call.until("up"::equals).start();
        polling.cancel();
        assertThat(question.isCancelled()).isTrue();
        assertThatThrownBy(polling::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void timesThatNobodyWouldWaitForAreNoMistake() {
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
        Pending<String> polling =
                answering("down", "up").until("up"::equals).every(ever).start();
        assertThat(polling.toCompletableFuture()).isNotDone();
        polling.cancel();
        assertThat(Pending.of("up").deadline(ever).join()).isEqualTo("up");
        Cloud cloud = new MemoryCloud("m", List.of(), (path, query) -> MemoryCloud.json("{}"));
        assertThat(Inventory.of(List.of(cloud)).deadline(ever).get(batch -> {}).tables())
                .isEmpty();
    }

    @Test
    void aDeadlineEndsWhatWouldGoOnForEver() {
        Call<String> down = () -> Pending.of("down");
        assertThatThrownBy(down.until("up"::equals)
                        .every(Duration.ofMillis(1))
                        .start()
                        .deadline(Duration.ofMillis(20))::join)
                .isInstanceOf(MusterException.Unreachable.class);
    }

    @Test
    void oneCallAfterAnotherIsACall() {
        Call<String> both = answering("a").then(first -> answering(first + "b"));
        assertThat(both.get()).isEqualTo("ab");
        assertThatThrownBy(answering("a").then(first -> answering(lost))::get).isSameAs(lost);
        assertThatThrownBy(answering(lost).then(first -> answering("b"))::get).isSameAs(lost);
    }

    @Test
    void cancellingTheTwoCancelsTheSecondUnderWay() {
        Task<String> second = new Task<>();
        Call<String> both = answering("a").then(first -> () -> second);
        both.start().cancel();
        assertThat(second.isCancelled()).isTrue();
    }

    @Test
    void whoWaitsHearsOfAnErrorInWhatFollows() {
        assertThatThrownBy(answering("a").map(first -> {
                    throw new AssertionError("never");
                })::get)
                .hasMessageContaining("never");
    }

    @Test
    void whoWaitsHearsOfAnErrorOfWhoWatches() {
        assertThatThrownBy(untilUp("down", "up").watching(status -> {
                    throw new AssertionError("never");
                })::get)
                .hasMessageContaining("never");
    }

    @Test
    void aDeadlineThatPassesBetweenTheTwoCancelsTheSecond() {
        Task<String> second = new Task<>();
        AtomicReference<Pending<String>> both = new AtomicReference<>();
        Task<String> first = new Task<>();
        Call<String> call = () -> first;
        both.set(call.then(found -> () -> {
                    both.get().deadline(Duration.ofNanos(1));
                    assertThatThrownBy(both.get()::join).isInstanceOf(MusterException.Unreachable.class);
                    return second;
                })
                .start());
        first.complete("a");
        assertThat(second.isCancelled()).isTrue();
    }
}
