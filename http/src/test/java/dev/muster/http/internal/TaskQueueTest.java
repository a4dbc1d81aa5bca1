package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TaskQueueTest {
    @Test
    void everyTaskOfEveryThreadIsTakenOnceAndInTheOrderOfItsThread() throws Exception {
        TaskQueue queue = new TaskQueue();
        int[] next = new int[4];
        List<Thread> pushers = new ArrayList<>();
        for (int t = 0; t < next.length; t++) {
            int thread = t;
            pushers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    int number = i;
                    queue.push(TaskQueue.Task.of(() -> {
                        assertThat(number).isEqualTo(next[thread]);
                        next[thread]++;
                    }));
                }
            }));
        }
        while (pushers.stream().anyMatch(Thread::isAlive) || !queue.isEmpty()) {
            run(queue.take());
        }
        assertThat(next).containsOnly(20_000);
    }

    @Test
    void aShutQueueTakesNothing() {
        TaskQueue queue = new TaskQueue();
        AtomicInteger ran = new AtomicInteger();
        assertThat(queue.push(TaskQueue.Task.of(ran::incrementAndGet))).isTrue();
        run(queue.shut());
        assertThat(queue.push(TaskQueue.Task.of(ran::incrementAndGet))).isFalse();
        assertThat(queue.isEmpty()).isTrue();
        run(queue.shut());
        assertThat(ran).hasValue(1);
    }

    private static void run(TaskQueue.@Nullable Task first) {
        TaskQueue.Task task = first;
        while (task != null) {
            TaskQueue.Task next = TaskQueue.next(task);
            task.run();
            task = next;
        }
    }
}
