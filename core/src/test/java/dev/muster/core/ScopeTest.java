package dev.muster.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.internal.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static <T> Call<T> never() {
        return Task::new;
    }

    private static <T> Call<T> failing(String message) {
        return () -> Pending.failed(new MusterException.Failed(null, message));
    }

    @Test
    void theFirstFailureCancelsTheRest() {
        try (Scope scope = Scope.failFast()) {
            Pending<String> waiting = scope.start(never());
            scope.start(failing("boom"));
            assertThatThrownBy(scope::join)
                    .isInstanceOf(MusterException.Failed.class)
                    .hasMessage("boom");
            assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
            assertThatThrownBy(scope.start(() -> Pending.of("late"))::join).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void failuresCanBeCollectedWhileTheOthersGoOn() {
        try (Scope scope = Scope.collecting()) {
            scope.start(failing("one"));
            Pending<String> fine = scope.start(() -> Pending.of("fine"));
            scope.start(failing("two"));
            scope.join();
            assertThat(fine.join()).isEqualTo("fine");
            assertThat(scope.failures()).extracting(Throwable::getMessage).containsExactly("one", "two");
        }
    }

    @Test
    void whatIsNotFinishedIsCancelledWhenTheBlockEnds() {
        Pending<String> left;
        try (Scope scope = Scope.collecting()) {
            left = scope.start(never());
        }
        assertThat(left.isDone()).isTrue();
    }

    @Test
    void aDeadlineFailsAndCancels() {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Task<String> task = new Task<>();
        task.onCancel(() -> cancelled.complete(true));
        assertThatThrownBy(() -> task.deadline(Duration.ofMillis(1)).join())
                .isInstanceOf(MusterException.Unreachable.class)
                .hasMessageContaining("1 ms");
        assertThat(cancelled.join()).isTrue();
    }

    private static Listing<Integer> listing(List<Integer> asked, int pages) {
        return () -> page(asked, 0, pages);
    }

    private static Call<Listing.Page<Integer>> page(List<Integer> asked, int number, int pages) {
        return () -> {
            synchronized (asked) {
                asked.add(number);
            }
            return Pending.of(new Listing.Page<>(
                    List.of(number * 2, number * 2 + 1), number + 1 == pages ? null : page(asked, number + 1, pages)));
        };
    }

    @Test
    void aListingIsWalkedNoFurtherThanOnePageAhead() {
        List<Integer> asked = new ArrayList<>();
        try (Stream<Integer> rows = listing(asked, 100).stream()) {
            assertThat(rows.limit(3).toList()).containsExactly(0, 1, 2);
        }
        assertThat(asked).hasSizeLessThanOrEqualTo(3);
        assertThat(listing(new ArrayList<>(), 3).get()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aPublisherGivesNoMoreThanIsAskedFor() {
        List<Integer> got = new ArrayList<>();
        CompletableFuture<List<Integer>> end = new CompletableFuture<>();
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        CompletableFuture<Integer> third = new CompletableFuture<>();
        listing(new ArrayList<>(), 3).publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscribed.complete(subscription);
            }

            @Override
            public void onNext(Integer row) {
                got.add(row);
                if (got.size() == 3) {
                    third.complete(row);
                }
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(got);
            }
        });
        subscribed.join().request(3);
        assertThat(third.join()).isEqualTo(2);
        assertThat(end).isNotDone();
        subscribed.join().request(Long.MAX_VALUE);
        assertThat(end.join()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whoCancelsASubscriptionGivesUpThePageUnderWay() {
        for (int at = 0; at < 2; at++) {
            Task<Listing.Page<Integer>> last = new Task<>();
            CompletableFuture<Boolean> asked = new CompletableFuture<>();
            Call<Listing.Page<Integer>> lastCall = () -> {
                asked.complete(true);
                return last;
            };
            Listing<Integer> listing =
                    at == 0 ? () -> lastCall : () -> () -> Pending.of(new Listing.Page<>(List.of(), lastCall));
            CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
            listing.publisher().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscribed.complete(subscription);
                }

                @Override
                public void onNext(Integer row) {}

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onComplete() {}
            });
            asked.join();
            subscribed.join().cancel();
            assertThat(last).as("page " + at).failsWithin(20, SECONDS).withThrowableOfType(CancellationException.class);
        }
    }

    @Test
    void whatIsStartedWhileAnotherFailsIsCancelled() {
        Task<String> first = new Task<>();
        Task<String> second = new Task<>();
        try (Scope scope = Scope.failFast()) {
            scope.start(() -> first);
            scope.start(() -> {
                first.completeExceptionally(new MusterException.Failed(null, "boom"));
                return second;
            });
            assertThat(second.isCancelled()).isTrue();
        }
    }

    @Test
    void whoWaitsForACallOfOthersHearsOfAnError() {
        Call<String> call = Call.composed(() -> {
            throw new AssertionError("never");
        });
        assertThatThrownBy(call::get).isInstanceOf(MusterException.Bug.class).hasMessageContaining("never");
    }

    @Test
    void whoWaitsForAListHearsOfAPageThatCannotBeAskedFor() {
        Listing<String> broken = () -> () -> Pending.of(new Listing.Page<>(List.of("a"), () -> {
            throw new IllegalStateException("no such page");
        }));
        assertThatThrownBy(broken::get).hasMessage("no such page");
    }
}
